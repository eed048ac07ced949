package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.NaiveGradient;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.ScoreFunction;
import io.vae4j.core.estimator.ScoreFunction.Baseline;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.FreeBits;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Means of gradients against the reparameterized one with shared noise, by paired t statistics of projections. A batch
 * holds many copies of two examples, so that one repetition is already a mean.
 */
class EstimatorTest extends ModelTest {

    private static final double STANDARD_ERRORS = 4;
    /** Far enough that no repetition of the test with other seeds would bring it down to the bound above. */
    private static final double CLEARLY_BIASED = 12;

    private static final int REPEATS = 30;
    private static final int COPIES = 150;

    private enum Kind {
        ONE_LAYER,
        TWO_LAYERS,
        PRIOR_BY_THE_ENCODER,
        TOP_DOWN;

        private LatentModel model() {
            return switch (this) {
                case ONE_LAYER -> Models.learnedPrior();
                case TWO_LAYERS -> Models.twoLayers();
                case PRIOR_BY_THE_ENCODER -> priorByTheEncoder();
                case TOP_DOWN -> Models.topDown();
            };
        }
    }

    private record Case(Kind kind, GradientEstimator estimator, Objective objective) {}

    static Stream<Case> unbiased() {
        Stream<Case> everywhere = Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                        new Case(kind, new StickingTheLanding(), new Elbo(1, 2)),
                        new Case(kind, new DoublyReparameterized(), new Iwae(5)),
                        new Case(kind, new ResampledBackward(), new Iwae(5)),
                        new Case(kind, new ScoreFunction(Baseline.LEAVE_ONE_OUT), new Iwae(3))));
        Stream<Case> more = Stream.of(
                new Case(Kind.TWO_LAYERS, new StickingTheLanding(), new Elbo(3, 1)),
                new Case(Kind.TOP_DOWN, new StickingTheLanding(), new Elbo(3, 1)),
                new Case(Kind.ONE_LAYER, new DoublyReparameterized(), new Miwae(2, 3)),
                new Case(Kind.TWO_LAYERS, new DoublyReparameterized(), new Ciwae(0.4, 5)),
                new Case(Kind.ONE_LAYER, new ResampledBackward(), new Ciwae(0.4, 5)),
                new Case(Kind.ONE_LAYER, new ScoreFunction(Baseline.NONE), new Miwae(2, 1)));
        return Stream.concat(everywhere, more);
    }

    @ParameterizedTest
    @MethodSource("unbiased")
    void theMeanGradientIsTheReparameterizedOne(Case each) {
        LatentModel model = wide(each.kind());
        double t = distance(model, each, 0, REPEATS);
        if (t >= STANDARD_ERRORS) {
            // one in a thousand of so many directions lies as far off by chance; new noise tells
            t = distance(model, each, REPEATS, 4 * REPEATS);
        }
        assertThat(t).isLessThan(STANDARD_ERRORS);
    }

    private double distance(LatentModel model, Case each, int first, int repeats) {
        NDArray x = bits(2, DataType.FLOAT64).repeat(0, COPIES);
        GradientSample reference = GradientSample.of(
                manager, model, x, Condition.none(), new PathwiseGradient(), each.objective(), first, repeats);
        return GradientSample.of(
                        manager, model, x, Condition.none(), each.estimator(), each.objective(), first, repeats)
                .largestT(reference);
    }

    static Stream<Case> biased() {
        return Stream.of(
                new Case(Kind.ONE_LAYER, new StickingTheLanding(), new Iwae(5)),
                new Case(Kind.TWO_LAYERS, new StickingTheLanding(), new Iwae(5)),
                new Case(Kind.ONE_LAYER, new NaiveGradient(), new Iwae(1)),
                new Case(Kind.TWO_LAYERS, new NaiveGradient(), new Iwae(5)));
    }

    @ParameterizedTest
    @MethodSource("biased")
    void theEncodersMeanGradientIsAnotherOne(Case each) {
        LatentModel model = wide(each.kind());
        GradientSample reference = sample(model, new PathwiseGradient(), each.objective());
        GradientSample sample = sample(model, each.estimator(), each.objective());

        assertThat(GradientSample.largestT(sample.encoder(), reference.encoder()))
                .isGreaterThan(CLEARLY_BIASED);
        assertThat(GradientSample.largestDifference(sample.decoder(), reference.decoder()))
                .isLessThan(1e-10);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void doublyReparameterizedWithOneDrawIsStickingTheLanding(Kind kind) {
        LatentModel model = wide(kind);
        GradientSample doubly = sample(model, new DoublyReparameterized(), new Iwae(1), 2);
        GradientSample sticking = sample(model, new StickingTheLanding(), new Iwae(1), 2);

        assertThat(GradientSample.largestDifference(doubly.encoder(), sticking.encoder()))
                .isLessThan(1e-10);
        assertThat(GradientSample.largestDifference(doubly.decoder(), sticking.decoder()))
                .isLessThan(1e-10);
    }

    @Test
    void withOneDrawThereIsNothingToResample() {
        LatentModel model = wide(Kind.TWO_LAYERS);
        GradientSample resampled = sample(model, new ResampledBackward(), new Iwae(1), 2);
        GradientSample reference = sample(model, new PathwiseGradient(), new Iwae(1), 2);

        assertThat(GradientSample.largestDifference(resampled.encoder(), reference.encoder()))
                .isLessThan(1e-10);
    }

    @Test
    void theDoublyReparameterizedGradientOfTheEncoderVariesLess() {
        LatentModel model = wide(Kind.ONE_LAYER);
        GradientSample doubly = sample(model, new DoublyReparameterized(), new Iwae(50), 30);
        GradientSample reference = sample(model, new PathwiseGradient(), new Iwae(50), 30);

        assertThat(GradientSample.variance(doubly.encoder()))
                .isLessThan(0.5 * GradientSample.variance(reference.encoder()));
    }

    @Test
    void aBaselineLowersTheVarianceOfTheScoreFunction() {
        LatentModel model = wide(Kind.ONE_LAYER);
        GradientSample plain = sample(model, new ScoreFunction(Baseline.NONE), new Iwae(5), 30);
        GradientSample baseline = sample(model, new ScoreFunction(Baseline.LEAVE_ONE_OUT), new Iwae(5), 30);

        assertThat(GradientSample.variance(baseline.encoder()))
                .isLessThan(0.2 * GradientSample.variance(plain.encoder()));
    }

    @Test
    void anEncoderThatIsFrozenLeavesTheDecodersGradientAsItIs() {
        LatentModel model = wide(Kind.ONE_LAYER);
        GradientSample whole = sample(model, new DoublyReparameterized(), new Iwae(3), 1);
        model.getChildren().get("01encoder").freezeParameters(true);
        model.getChildren().get("02posterior").freezeParameters(true);
        GradientSample frozen = sample(model, new DoublyReparameterized(), new Iwae(3), 1);

        assertThat(frozen.encoder().get(0)).isEmpty();
        assertThat(GradientSample.largestDifference(frozen.decoder(), whole.decoder()))
                .isLessThan(1e-12);
    }

    @Test
    void impossibleCombinationsAreRefusedWithTheReason() {
        LatentModel model = wide(Kind.ONE_LAYER);

        assertThatThrownBy(() -> sample(model, new DoublyReparameterized(), new Elbo(), 1))
                .hasMessageContaining("use sticking-the-landing")
                .hasMessageContaining("Elbo");
        assertThatThrownBy(() -> sample(model, new ResampledBackward(), new Elbo(), 1))
                .hasMessageContaining("normalized importance weights");
        assertThatThrownBy(() -> sample(model, new ScoreFunction(Baseline.NONE), new Elbo(), 1))
                .hasMessageContaining("use MIWAE");
        assertThatThrownBy(() -> sample(model, new ScoreFunction(Baseline.LEAVE_ONE_OUT), new Iwae(1), 1))
                .hasMessageContaining("at least 2 samples");
        assertThatThrownBy(() -> sample(model, new StickingTheLanding(), new FreeBits(0.1, 1), 1))
                .hasMessageContaining("form of its own");
    }

    private GradientSample sample(LatentModel model, GradientEstimator estimator, Objective objective) {
        return sample(model, estimator, objective, REPEATS);
    }

    private GradientSample sample(LatentModel model, GradientEstimator estimator, Objective objective, int repeats) {
        NDArray x = bits(2, DataType.FLOAT64).repeat(0, COPIES);
        return GradientSample.of(manager, model, x, Condition.none(), estimator, objective, 0, repeats);
    }

    /** Weights larger than at the start of training, so that importance weights differ and a bias can be seen. */
    private LatentModel wide(Kind kind) {
        LatentModel model = initialized(kind.model(), DataType.FLOAT64);
        arrays(model).forEach(array -> array.muli(2));
        return model;
    }

    private static Vae priorByTheEncoder() {
        Initialization start = Initialization.FAN_IN_UNIFORM;
        Mlp encoder = new Mlp(List.of(6), Activation.TANH, start);
        Gaussian posterior = new Gaussian(2, start);
        Mlp network = new Mlp(List.of(6), Activation.TANH, start);
        BernoulliPixels pixels = new BernoulliPixels(new Shape(Models.PIXELS), start);
        return new Vae(
                encoder, posterior, new NetworkDecoder(network, pixels), new PseudoInputPrior(encoder, posterior));
    }
}
