package io.vae4j.experiments.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.CategoricalPixels;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplePortionTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final Shape DIGIT = new Shape(1, 28, 28);
    private static final Shape PORTRAIT = new Shape(3, 64, 64);

    @Test
    void modelsOfDigitsTakeAHundred() {
        assertThat(portion(20, DIGIT, new BernoulliPixels(DIGIT, new Head.Dense(START))))
                .isEqualTo(100);
    }

    /** 3,145,728 logits for each sample of each portrait. */
    @Test
    void whatAFamilyHoldsForEachExampleCounts() {
        Family<?> levels = new CategoricalPixels(PORTRAIT, new Head.Dense(START));

        assertThat(levels.parametersPerEvent()).hasValue(256L * 3 * 64 * 64);
        assertThat(portion(20, PORTRAIT, levels)).isEqualTo(1);
        assertThat(portion(1, PORTRAIT, levels)).isEqualTo((1L << 26) / (256 * 3 * 64 * 64));
    }

    @Test
    void manyExamplesGoWithFewSamplesAtATime() {
        assertThat(portion(10_000, DIGIT, new BernoulliPixels(DIGIT, new Head.Dense(START))))
                .isEqualTo(8);
    }

    private static long portion(long examples, Shape event, Family<?> likelihood) {
        return SamplePortion.of(model(likelihood), new Shape(examples).addAll(event), Device.cpu());
    }

    /** It is asked for its family alone, and never initialized. */
    private static LatentModel model(Family<?> likelihood) {
        Mlp none = new Mlp(List.of(), Activation.IDENTITY, START);
        return new Vae(
                none,
                new GlobalScaleGaussian(new Shape(2), new GlobalScale.Each(1), START),
                new NetworkDecoder(none, likelihood),
                new StandardNormalPrior(2));
    }
}
