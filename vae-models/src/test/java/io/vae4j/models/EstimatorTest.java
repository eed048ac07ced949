package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.DoublyReparameterised;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Estimator;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.NaiveGradient;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Reparameterised;
import io.vae4j.core.objective.ResampledBackward;
import io.vae4j.core.objective.ScoreFunction;
import io.vae4j.core.objective.ScoreFunction.Baseline;
import io.vae4j.core.objective.StickingTheLanding;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BernoulliPixels;
import io.vae4j.models.network.Gaussian;
import io.vae4j.models.network.Initialisation;
import io.vae4j.models.network.Mlp;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Means of gradients against the reparameterised one with shared noise, by paired t statistics of every parameter. A
 * batch holds many copies of two examples, so that one repetition is already a mean.
 */
class EstimatorTest extends ModelTest {

    private static final double STANDARD_ERRORS = 4;
    /** Far enough that no repetition of the test with other seeds would bring it down to the bound above. */
    private static final double CLEARLY_BIASED = 12;

    private static final int REPEATS = 150;
    private static final int COPIES = 32;

    private enum Kind {
        ONE_LAYER(Models::learnedPrior),
        TWO_LAYERS(Models::twoLayers),
        PRIOR_BY_THE_ENCODER(EstimatorTest::priorByTheEncoder);

        private final Supplier<Vae> model;

        Kind(Supplier<Vae> model) {
            this.model = model;
        }
    }

    private record Case(Kind kind, Estimator estimator, Objective objective) {}

    static Stream<Case> unbiased() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                        new Case(kind, new StickingTheLanding(), new Elbo(1, 2)),
                        new Case(kind, new StickingTheLanding(), new Elbo(3, 1)),
                        new Case(kind, new DoublyReparameterised(), new Iwae(1)),
                        new Case(kind, new DoublyReparameterised(), new Iwae(5)),
                        new Case(kind, new DoublyReparameterised(), new Miwae(2, 3)),
                        new Case(kind, new DoublyReparameterised(), new Ciwae(0.4, 5)),
                        new Case(kind, new ResampledBackward(), new Iwae(5)),
                        new Case(kind, new ResampledBackward(), new Ciwae(0.4, 5)),
                        new Case(kind, new ScoreFunction(Baseline.NONE), new Miwae(2, 1)),
                        new Case(kind, new ScoreFunction(Baseline.NONE), new Iwae(3)),
                        new Case(kind, new ScoreFunction(Baseline.LEAVE_ONE_OUT), new Iwae(3)),
                        new Case(kind, new ScoreFunction(Baseline.LEAVE_ONE_OUT), new Miwae(2, 2))));
    }

    @ParameterizedTest
    @MethodSource("unbiased")
    void theMeanGradientIsTheReparameterisedOne(Case each) {
        Vae model = wide(each.kind());
        GradientSample reference = sample(model, new Reparameterised(), each.objective());
        GradientSample sample = sample(model, each.estimator(), each.objective());
        System.out.printf(
                "%s enc %.2f dec %.2f%n",
                each,
                GradientSample.largestT(sample.encoder(), reference.encoder()),
                GradientSample.largestT(sample.decoder(), reference.decoder()));
        assertThat(GradientSample.largestT(sample.encoder(), reference.encoder()))
                .isLessThan(STANDARD_ERRORS);
        assertThat(GradientSample.largestT(sample.decoder(), reference.decoder()))
                .isLessThan(STANDARD_ERRORS);
    }

    static Stream<Case> biased() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                        new Case(kind, new StickingTheLanding(), new Iwae(5)),
                        new Case(kind, new NaiveGradient(), new Iwae(1)),
                        new Case(kind, new NaiveGradient(), new Iwae(5))));
    }

    @ParameterizedTest
    @MethodSource("biased")
    void theEncodersMeanGradientIsAnotherOne(Case each) {
        Vae model = wide(each.kind());
        GradientSample reference = sample(model, new Reparameterised(), each.objective());
        GradientSample sample = sample(model, each.estimator(), each.objective());
        System.out.printf(
                "BIASED %s enc %.2f dec %.2f%n",
                each,
                GradientSample.largestT(sample.encoder(), reference.encoder()),
                GradientSample.largestT(sample.decoder(), reference.decoder()));

        assertThat(GradientSample.largestT(sample.encoder(), reference.encoder()))
                .isGreaterThan(CLEARLY_BIASED);
        assertThat(GradientSample.largestDifference(sample.decoder(), reference.decoder()))
                .isLessThan(1e-10);
    }

    private GradientSample sample(Vae model, Estimator estimator, Objective objective) {
        return GradientSample.of(
                manager, model, bits(2, DataType.FLOAT64).repeat(0, COPIES), estimator, objective, REPEATS);
    }

    /** Weights larger than at the start of training, so that importance weights differ and a bias can be seen. */
    private Vae wide(Kind kind) {
        Vae model = initialised(kind.model.get(), DataType.FLOAT64);
        arrays(model).forEach(array -> array.muli(2));
        return model;
    }

    private static Vae priorByTheEncoder() {
        Initialisation start = Initialisation.FAN_IN_UNIFORM;
        Mlp encoder = new Mlp(List.of(6), Activation.TANH, start);
        Gaussian posterior = new Gaussian(2, start);
        Mlp network = new Mlp(List.of(6), Activation.TANH, start);
        BernoulliPixels pixels = new BernoulliPixels(new Shape(Models.PIXELS), start);
        return new Vae(
                encoder, posterior, new NetworkDecoder(network, pixels), new PseudoInputPrior(2, encoder, posterior));
    }
}
