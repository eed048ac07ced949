package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.core.training.TrainingStep.Inputs;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.LearnedNormalPrior;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    static Stream<Arguments> casesInEachWay() {
        return Way.chosen().stream().flatMap(way -> cases().map(each -> Arguments.of(each, way)));
    }

    @ParameterizedTest
    @MethodSource("casesInEachWay")
    void valuesLossesAndGradientsAreThoseOfTorchInDoublePrecision(Case each, Way way) {
        assertAgrees(each, way, DataType.FLOAT64, 1e-9);
    }

    @ParameterizedTest
    @MethodSource("casesInEachWay")
    void valuesLossesAndGradientsAreThoseOfTorchInSinglePrecision(Case each, Way way) {
        assertAgrees(each, way, DataType.FLOAT32, 1e-5);
    }

    private void assertAgrees(Case each, Way way, DataType type, double relative) {
        Fixture fixture = Fixture.load(each.name);
        initialized(each.model, type);
        Map<String, Parameter> parameters = Fixture.named(each.model);
        assertThat(parameters.keySet()).isEqualTo(fixture.parameters().keySet());
        parameters.forEach((name, parameter) -> {
            Fixture.Tensor values = Fixture.of(fixture.parameters(), name);
            assertThat(parameter.getArray().getShape()).as(name).isEqualTo(values.axes());
            values.on(manager, type).copyTo(parameter.getArray());
        });

        Map<String, NDArray> found = step(each.model, fixture, type, way);
        fixture.expected().keySet().forEach(name -> assertClose(name, fixture.expected(), found, relative));
        parameters.keySet().forEach(name -> assertClose(name, fixture.gradients(), found, relative));
        if (fixture.expected().containsKey("closedKl")) {
            assertThat(doubles(found, "elbo")).containsExactly(elbo(fixture), within(relative * 100));
        }
    }

    /** What a step of training computes, by the fixture's names. */
    private Map<String, NDArray> step(Vae model, Fixture fixture, DataType type, Way way) {
        Map<String, NDArray> found = new HashMap<>();
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings());
                NDManager batch = manager.newSubManager()) {
            if (way == Way.COMPILED) {
                step.compiled();
            }
            List<NDArray> noise =
                    fixture.noise().stream().map(draw -> draw.on(batch, type)).toList();
            NDArray x = fixture.x().on(batch, type);
            Inputs inputs = new Inputs(x, Condition.none(), fixture.wanted(), 1e-3, 0, Noise.given(noise));
            step.on(inputs, estimate -> found.putAll(kept(values(estimate))), all -> found.putAll(kept(all)));
            assertThat(step.programs()).hasSize(way == Way.COMPILED ? 1 : 0);
        }
        return found;
    }

    private static Map<String, NDArray> values(Estimate estimate) {
        BoundTerms terms = estimate.terms();
        return Map.of(
                "logLikelihood", terms.logLikelihood(),
                "logWeight", terms.logWeight(),
                "closedKl", terms.kl(),
                "elbo", terms.elbo(),
                "loss", estimate.loss());
    }

    /** The batch's memory goes, and the parameters move. */
    private Map<String, NDArray> kept(Map<String, NDArray> arrays) {
        arrays.values().forEach(array -> array.attach(manager));
        return arrays;
    }

    private static void assertClose(
            String name, Map<String, Fixture.Tensor> expected, Map<String, NDArray> found, double error) {
        Fixture.Tensor wanted = Fixture.of(expected, name);
        NDArray actual = Objects.requireNonNull(found.get(name), name);

        assertThat(actual.getShape()).as(name).isEqualTo(wanted.axes());
        assertThat(doubles(found, name)).as(name).containsExactly(wanted.array(), within(wanted.tolerance(error)));
    }

    private static double[] doubles(Map<String, NDArray> found, String name) {
        NDArray actual = Objects.requireNonNull(found.get(name), name);
        return actual.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    /** The mean log-likelihood of each example less its KL in closed form. */
    private static double[] elbo(Fixture fixture) {
        double[] logLikelihood = Fixture.of(fixture.expected(), "logLikelihood").array();
        double[] elbo = Fixture.of(fixture.expected(), "closedKl").array();
        for (int i = 0; i < elbo.length; i++) {
            double sum = 0;
            for (int at = i; at < logLikelihood.length; at += elbo.length) {
                sum += logLikelihood[at];
            }
            elbo[i] = sum * elbo.length / logLikelihood.length - elbo[i];
        }
        return elbo;
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
