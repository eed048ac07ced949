package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.LearnedNormalPrior;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models against PyTorch: equal weights, data and noise must give equal values, losses and gradients. */
class FixtureTest extends ModelTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    /** A fixture's name and the same model of ours. */
    private record Case(String name, Vae model) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("vae-elbo", oneLayer()),
                new Case("vae-iwae-50", oneLayer()),
                new Case("vae-learned-prior-elbo", learnedPrior()),
                new Case("full-covariance-iwae-5", fullCovariance()),
                new Case("two-layers-iwae-10", twoLayers()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesLossesAndGradientsAreThoseOfTorchInDoublePrecision(Case each) {
        assertAgrees(each, DataType.FLOAT64, 1e-9);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesLossesAndGradientsAreThoseOfTorchInSinglePrecision(Case each) {
        assertAgrees(each, DataType.FLOAT32, 1e-5);
    }

    private void assertAgrees(Case each, DataType type, double relative) {
        Fixture fixture = Fixture.load(each.name);
        initialized(each.model, type);
        Map<String, Parameter> parameters = Fixture.named(each.model);
        assertThat(parameters.keySet()).isEqualTo(fixture.parameters().keySet());
        parameters.forEach((name, parameter) -> {
            Fixture.Tensor values = Fixture.of(fixture.parameters(), name);
            assertThat(parameter.getArray().getShape()).as(name).isEqualTo(values.axes());
            values.on(manager, type).copyTo(parameter.getArray());
        });

        Estimate estimate = backward(each.model, fixture, type);
        BoundTerms terms = estimate.terms();
        assertClose("logLikelihood", fixture.expected(), terms.logLikelihood(), relative);
        assertClose("logWeight", fixture.expected(), terms.logWeight(), relative);
        assertClose("loss", fixture.expected(), estimate.loss(), relative);
        if (fixture.expected().containsKey("analyticKl")) {
            assertClose("analyticKl", fixture.expected(), terms.kl(), relative);
        }
        parameters.forEach((name, parameter) ->
                assertClose(name, fixture.gradients(), parameter.getArray().getGradient(), relative));
    }

    private Estimate backward(Vae model, Fixture fixture, DataType type) {
        NDManager batch = manager.newSubManager();
        List<NDArray> noise =
                fixture.noise().stream().map(draw -> draw.on(batch, type)).toList();
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Pass pass = Pass.training(store, batch, Noise.given(noise));
            NDArray x = fixture.x().on(batch, type);
            return new PathwiseGradient().backward(tape, model, pass, x, Condition.none(), fixture.wanted());
        }
    }

    private static void assertClose(String name, Map<String, Fixture.Tensor> expected, NDArray actual, double error) {
        Fixture.Tensor wanted = Fixture.of(expected, name);
        double[] values = actual.toType(DataType.FLOAT64, true).toDoubleArray();

        assertThat(actual.getShape()).as(name).isEqualTo(wanted.axes());
        assertThat(values).as(name).containsExactly(wanted.array(), within(wanted.tolerance(error)));
    }

    private static Vae oneLayer() {
        return new Vae(mlp(), new Gaussian(3, START), decoder(), new StandardNormalPrior(3));
    }

    private static Vae learnedPrior() {
        return new Vae(mlp(), new Gaussian(2, START), decoder(), new LearnedNormalPrior(2));
    }

    private static Vae fullCovariance() {
        return new Vae(mlp(), new FullGaussian(3, START), decoder(), new StandardNormalPrior(3));
    }

    private static Vae twoLayers() {
        NetworkDecoder middle = new NetworkDecoder(mlp(), new Gaussian(3, START));
        Vae top = new Vae(mlp(), new Gaussian(2, START), middle, new StandardNormalPrior(2));
        return new Vae(mlp(), new Gaussian(3, START), decoder(), top);
    }

    private static NetworkDecoder decoder() {
        return new NetworkDecoder(mlp(), new BernoulliPixels(new Shape(Models.PIXELS), START));
    }

    private static Mlp mlp() {
        return new Mlp(List.of(5), Activation.TANH, START);
    }
}
