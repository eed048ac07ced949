package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.training.initializer.NormalInitializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.StepObserver;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.NetworkBlock;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts and observers as researchers write them, in steps that are programs. */
class CompiledPartsTest extends ModelTest {

    private static final Schedule<Elbo> ELBO = Schedule.constant(new Elbo());

    /** y = stop(exp(mean((A + B) x))) (A + B) x + b + c, with one parameter that it does not use. */
    private static final class Peculiar extends NetworkBlock implements Encoder {

        private final Parameter weight;
        private final Parameter twin;
        private final Parameter one;
        private final Parameter other;

        Peculiar() {
            NormalInitializer start = new NormalInitializer(0.1f);
            weight = parameter("weight", Parameter.Type.WEIGHT, new Shape(6, Models.PIXELS), start);
            twin = parameter("twin", Parameter.Type.WEIGHT, new Shape(6, Models.PIXELS), start);
            one = parameter("one", Parameter.Type.BIAS, new Shape(6), start);
            other = parameter("other", Parameter.Type.BIAS, new Shape(6), start);
            parameter("spare", Parameter.Type.BIAS, new Shape(6), start);
        }

        @Override
        public NDArray features(Pass pass, NDArray x, Condition condition) {
            NDArray y = x.matMul(pass.value(weight).add(pass.value(twin)).transpose());
            NDArray scale = WithoutGradient.compute(() -> y.mean().exp());
            return y.mul(scale).add(pass.value(one)).add(pass.value(other)).tanh();
        }
    }

    private static LatentModel peculiar() {
        Initialization start = Initialization.FAN_IN_UNIFORM;
        return new Vae(
                new Peculiar(),
                new Gaussian(3, start),
                new NetworkDecoder(
                        new Mlp(List.of(8), Activation.TANH, start),
                        new BernoulliPixels(new Shape(Models.PIXELS), start)),
                new StandardNormalPrior(3));
    }

    private SmallTraining training(Way way) {
        return new SmallTraining(
                manager,
                DataType.FLOAT64,
                ELBO,
                way,
                CompiledPartsTest::peculiar,
                new FusedAdam.Settings(0.9, 0.999, 1e-2).withClipNorm(0.5));
    }

    @Test
    void constantsWithinAPartSharedGradientsAndUnusedParametersAreAsInEagerSteps() {
        try (SmallTraining eager = training(Way.EAGER);
                SmallTraining compiled = training(Way.COMPILED)) {
            for (int i = 0; i < 20; i++) {
                assertThat(compiled.take(i, 8)).as("step " + i).isCloseTo(eager.take(i, 8), within(1e-10));
            }
            assertThat(compiled.step().refused()).isEmpty();
            assertThat(compiled.step().programs()).hasSize(1);
        }
    }

    /** A latent of one dimension, an encoder that stays as it is, a batch of one. */
    private static LatentModel smallest() {
        Initialization start = Initialization.FAN_IN_UNIFORM;
        Mlp encoder = new Mlp(List.of(4), Activation.RELU, start);
        Vae model = new Vae(
                encoder,
                new Gaussian(1, start),
                new NetworkDecoder(
                        new Mlp(List.of(4), Activation.RELU, start),
                        new BernoulliPixels(new Shape(Models.PIXELS), start)),
                new StandardNormalPrior(1));
        encoder.freezeParameters(true);
        return model;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void frozenPartsAndTheSmallestShapesAreAsInEagerSteps(DataType type) {
        double precision = type == DataType.FLOAT64 ? 1e-10 : 1e-4;
        Schedule<Iwae> oneSample = Schedule.constant(new Iwae(1));
        try (SmallTraining eager = new SmallTraining(
                        manager, type, oneSample, Way.EAGER, CompiledPartsTest::smallest, new FusedAdam.Settings());
                SmallTraining compiled = new SmallTraining(
                        manager,
                        type,
                        oneSample,
                        Way.COMPILED,
                        CompiledPartsTest::smallest,
                        new FusedAdam.Settings())) {
            for (int i = 0; i < 20; i++) {
                assertThat(compiled.take(i, 1)).as("step " + i).isCloseTo(eager.take(i, 1), within(precision));
            }
            assertThat(compiled.step().refused()).isEmpty();
        }
    }

    /** Adds up the reconstructions of all steps, as metrics do. */
    private static final class Sum implements StepObserver, AutoCloseable {

        private final NDManager owner;
        private final NDArray sum;

        Sum(NDManager parent) {
            owner = parent.newSubManager();
            sum = owner.zeros(new Shape(1), DataType.FLOAT64);
        }

        @Override
        public void terms(Estimate estimate) {
            Aten.overwrite(sum, estimate.terms().reconstruction().sum().add(sum));
        }

        double total() {
            return sum.toDoubleArray()[0];
        }

        @Override
        public void close() {
            owner.close();
        }
    }

    @Test
    void whatIsGatheredBeforeAnUpdateIsThereAlsoBehindASkippedStep() {
        Schedule<Elbo> objective = step -> new Elbo(step == 3 ? Double.MAX_VALUE : 1, 1);
        List<Double> totals = new ArrayList<>();
        for (Way way : Way.values()) {
            try (SmallTraining training = new SmallTraining(manager, DataType.FLOAT64, objective, way);
                    Sum sum = new Sum(manager)) {
                for (int i = 0; i < 6; i++) {
                    training.take(i, 8, sum);
                }
                assertThat(training.step().refused()).isEmpty();
                totals.add(sum.total());
            }
        }
        assertThat(totals.get(1)).isCloseTo(totals.get(0), within(1e-9));
    }

    @Test
    void anObserverThatReadsANumberMakesTheStepEager() {
        assertEagerStepsWith(estimate -> estimate.loss().toDoubleArray(), "is read on the host");
    }

    @Test
    void anObserverThatFailsOnSymbolicArraysMakesTheStepEager() {
        assertEagerStepsWith(estimate -> ((PtNDArray) estimate.loss()).getHandle(), "ClassCastException");
    }

    private void assertEagerStepsWith(Consumer<Estimate> observer, String reason) {
        try (SmallTraining eager = training(Way.EAGER);
                SmallTraining compiled = training(Way.COMPILED)) {
            for (int i = 0; i < 5; i++) {
                assertThat(compiled.take(i, 8, observer::accept)).isEqualTo(eager.take(i, 8));
            }
            assertThat(compiled.step().refused().orElseThrow()).contains(reason);
            assertThat(compiled.step().programs()).isEmpty();
        }
    }
}
