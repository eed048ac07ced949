package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Prior;
import io.vae4j.models.UnbiasedWeightTest.Estimate;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.LogisticDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The densities of docs/write-your-own-model.md's examples, against quadrature and Commons Math. */
class WriteYourOwnDensityTest extends ModelTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final int DRAWS = 40_000;

    private static GuideExamples examples;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        examples = GuideExamples.compiled(folder);
    }

    @AfterAll
    static void closeLoader() throws IOException {
        examples.close();
    }

    static Stream<Combination> combinations() {
        // by the formula, not by the example's own word
        Combination.Density laplace =
                (pass, z, condition) -> Ops.shift(z.abs().neg().squeeze(2), -Math.log(2));
        return Stream.of(
                combination("Laplace posterior", Combination.standardNormal(), decoder -> vae(decoder, normal())),
                combination("Laplace prior", laplace, decoder -> vae(decoder, examples.laplacePrior(1))),
                combination("denoising", Combination.standardNormal(), decoder -> examples.denoising(decoder, 1)));
    }

    private static Combination combination(
            String name, Combination.Density density, Function<Decoder, LatentModel> model) {
        Family<?> pixels = new BernoulliPixels(new Shape(Models.PIXELS), START);
        Decoder decoder = new NetworkDecoder(mlp(), pixels);
        return new Combination(name, 1, false, model.apply(decoder), pixels, decoder, density);
    }

    private static LatentModel vae(Decoder decoder, Prior prior) {
        return new Vae(mlp(), examples.laplacePosterior(1), decoder, prior);
    }

    private static Prior normal() {
        return new StandardNormalPrior(1);
    }

    private static Encoder mlp() {
        return new Mlp(List.of(8), Activation.TANH, START);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theMeanWeightIsTheMarginalLikelihood(Combination combination) {
        LatentModel model = initialized(combination.model(), DataType.FLOAT64);
        widenPosterior(model);
        NDArray x = bits(2, DataType.FLOAT64);
        double[] exact = combination.logMarginal(evaluation(Noise.engine()), x, Condition.none());
        NDArray weights = model.boundTerms(evaluation(Noise.seeded(0, 7, 0)), x, Condition.none(), DRAWS)
                .logWeight()
                .exp();

        for (int example = 0; example < exact.length; example++) {
            Estimate weight = Estimate.of(weights.get(":, {}", example));
            double marginal = Math.exp(exact[example]);
            assertThat(weight.error()).as("power").isLessThan(0.015 * marginal);
            assertThat(weight.mean()).isCloseTo(marginal, within(4 * weight.error()));
        }
    }

    /** Lighter tails than the prior's would hide behind luck. */
    private static void widenPosterior(LatentModel model) {
        model.getParameters().forEach(named -> {
            if (named.getKey().endsWith("posterior_02logScale_bias")) {
                named.getValue().getArray().addi(0.8);
            }
        });
    }

    @Test
    void theDistributionIsThatOfCommonsMath() {
        NDArray loc = manager.create(new double[] {0.3}, new Shape(1, 1, 1)).duplicate();
        NDArray logScale = Ops.shift(loc, -1);
        LocationScale logistic = examples.logistic(loc, logScale);
        LogisticDistribution reference = new LogisticDistribution(0.3, Math.exp(-0.7));
        Sample samples = logistic.rsample(Noise.seeded(0, 1, 0), DRAWS);
        double[] values = samples.value().toDoubleArray();
        double[] densities = Arrays.stream(values).map(reference::logDensity).toArray();

        assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(reference, values))
                .isGreaterThan(1e-3);
        assertThat(logistic.logProb(samples.value()).toDoubleArray()).containsExactly(densities, within(1e-9));
        assertThat(samples.logProb().orElseThrow().get().toDoubleArray()).containsExactly(densities, within(1e-9));
        assertThat(logistic.entropy().orElseThrow().toDoubleArray())
                .containsExactly(new double[] {-StatUtils.mean(densities)}, within(0.03));
        assertThatThrownBy(() -> examples.logistic(loc, logScale.squeeze(0)))
                .hasRootCauseMessage(
                        "loc has shape (1, 1, 1) and logScale (1, 1); expected equal shapes [K or 1, B or 1, ...event]");
    }

    /** By Simpson's rule over one pixel, for two decoders' logits. */
    @Test
    void theLikelihoodIntegratesToOne() {
        Family<?> pixel = examples.continuousBernoulli(1);
        pixel.initialize(manager, DataType.FLOAT64, new Shape(1, 4));
        NDArray features = manager.randomNormal(new Shape(1, 2, 4), DataType.FLOAT64);
        Distribution likelihood = pixel.of(evaluation(Noise.engine()), features);
        int intervals = 200;
        double[] mass = new double[2];
        IntStream.rangeClosed(0, intervals).forEach(i -> {
            double weight = i == 0 || i == intervals ? 1 : 2 + 2 * (i % 2);
            NDArray at = Ops.full(features, new Shape(1, 2, 1), (double) i / intervals);
            double[] density = likelihood.logProb(at).exp().toDoubleArray();
            for (int example = 0; example < 2; example++) {
                mass[example] += weight * density[example] / (3 * intervals);
            }
        });

        assertThat(mass).containsExactly(new double[] {1, 1}, within(1e-8));
    }
}
