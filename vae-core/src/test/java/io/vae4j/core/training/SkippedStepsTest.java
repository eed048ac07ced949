package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.LinearGaussianLine;
import io.vae4j.core.objective.Objective;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkippedStepsTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** What makes a step that must not be taken. */
    private enum Fault {
        /** All is NaN. */
        DATA {
            @Override
            NDArray x(NDManager batch) {
                NDArray x = sound(batch);
                return x.add(batch.create(new float[] {0, 0, Float.NaN, 0, 0, 0, 0, 0})
                        .reshape(8, 1));
            }
        },
        /** Infinite whatever the parameters, whose gradients are sound. */
        LOSS {
            @Override
            NDArray spoiled(NDArray loss) {
                return Ops.shift(loss, Double.POSITIVE_INFINITY);
            }
        },
        /** The loss is sound; the derivative of the root of zero is not. */
        GRADIENT {
            @Override
            NDArray spoiled(NDArray loss) {
                return loss.add(Ops.scale(loss, 0).square().sqrt());
            }
        };

        NDArray x(NDManager batch) {
            return sound(batch);
        }

        NDArray spoiled(NDArray loss) {
            return loss;
        }

        Objective objective() {
            return new Objective() {
                @Override
                public int samples() {
                    return 1;
                }

                @Override
                public NDArray loss(BoundTerms terms) {
                    return spoiled(new Elbo().loss(terms));
                }
            };
        }
    }

    private static NDArray sound(NDManager batch) {
        return batch.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}).reshape(8, 1);
    }

    private static Stream<FusedAdam.Settings> settings() {
        FusedAdam.Settings plain = new FusedAdam.Settings();
        return Stream.of(
                plain,
                plain.withClipNorm(1),
                plain.withWeightDecay(0.1),
                plain.withWeightDecay(0.1).withClipNorm(1));
    }

    @ParameterizedTest
    @EnumSource
    void aStepThatIsNotFiniteChangesNothing(Fault fault) {
        settings().forEach(settings -> assertThatNothingChanges(fault, settings));
    }

    private void assertThatNothingChanges(Fault fault, FusedAdam.Settings settings) {
        Judged model = model();
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), settings)) {
            takeSound(step, 0);
            Map<String, float[]> before = everything(model, step);

            take(step, 1, fault);

            assertThat(everything(model, step))
                    .as("%s, %s", fault, settings)
                    .usingRecursiveComparison()
                    .isEqualTo(before);
            assertThat(step.skipped().isLatest()).isTrue();
        }
    }

    @Test
    void trainingGoesOnAfterASkippedStepAsIfItHadNotBeen() {
        Judged skipping = model();
        Judged sound = model();
        try (TrainingStep step = new TrainingStep(skipping, new PathwiseGradient(), new FusedAdam.Settings());
                TrainingStep other = new TrainingStep(sound, new PathwiseGradient(), new FusedAdam.Settings())) {
            for (TrainingStep each : new TrainingStep[] {step, other}) {
                takeSound(each, 0);
            }
            take(step, 1, Fault.GRADIENT);
            takeSound(step, 2);
            takeSound(other, 2);

            assertThat(everything(skipping, step)).usingRecursiveComparison().isEqualTo(everything(sound, other));
        }
    }

    @Test
    void aMovingAverageOfTheWeightsStaysWhereItIs() {
        Judged model = model();
        try (TrainingStep step =
                new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings()).averaging(0.5)) {
            takeSound(step, 0);
            takeSound(step, 1);
            Map<String, float[]> before = averaged(step);
            take(step, 2, Fault.GRADIENT);

            assertThat(averaged(step)).usingRecursiveComparison().isEqualTo(before);
            takeSound(step, 3);
            assertThat(averaged(step).values().stream().map(Arrays::toString).toList())
                    .isNotEqualTo(before.values().stream().map(Arrays::toString).toList());
        }
    }

    private static Map<String, float[]> averaged(TrainingStep step) {
        Map<String, float[]> all = new TreeMap<>();
        step.average().orElseThrow().tensors().forEach((name, array) -> all.put(name, floats(array)));
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void aBatchInPartsIsSkippedAsAWhole(Fault fault) {
        LinearGaussianLine model = new LinearGaussianLine();
        model.initialize(manager, DataType.FLOAT64, new Shape(1, 1));
        try (TrainingStep step =
                new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings()).accumulating(4)) {
            Map<String, float[]> before = everything(model, step);

            take(step, 0, fault);

            assertThat(everything(model, step)).usingRecursiveComparison().isEqualTo(before);
            assertThat(step.skipped().isLatest()).isTrue();
        }
    }

    @Test
    void skippedStepsAreCountedUntilOneIsTaken() {
        Judged model = model();
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            take(step, 0, Fault.DATA);
            take(step, 1, Fault.LOSS);
            assertThat(step.skippedInARow()).isEqualTo(2);

            takeSound(step, 2);
            assertThat(step.skippedInARow()).isZero();
            assertThat(step.skipped().isLatest()).isFalse();
        }
    }

    /** The model's loss is sound all the while, and the part would never learn. */
    @Test
    void thoseOfAPartWithALossOfItsOwnCountAsWell() {
        Judged model = model();
        model.judge.weight.getArray().set(new float[] {Float.NaN});
        try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
            takeSound(step, 0);
            takeSound(step, 1);

            assertThat(step.skippedInARow()).isEqualTo(2);
        }
    }

    private Judged model() {
        Judged model = new Judged();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
        return model;
    }

    private static void takeSound(TrainingStep step, long index) {
        take(step, index, new Elbo(), Fault.LOSS);
    }

    private static void take(TrainingStep step, long index, Fault fault) {
        take(step, index, fault.objective(), fault);
    }

    private static void take(TrainingStep step, long index, Objective objective, Fault data) {
        try (NDManager batch = NDManager.newBaseManager()) {
            NDArray x =
                    data.x(batch).toType(step.state().values().iterator().next().getDataType(), false);
            step.on(new TrainingStep.Inputs(x, Condition.none(), objective, 0.1, index, Noise.seeded(3, index, 0)));
        }
    }

    /** The weights, what changes after a step, and the moments. */
    private static Map<String, float[]> everything(LatentModel model, TrainingStep step) {
        Map<String, float[]> all = new TreeMap<>();
        ModelState.tensors(model).forEach((name, array) -> all.put(name, floats(array)));
        step.state().forEach((name, array) -> all.put(name, floats(array)));
        return all;
    }

    private static float[] floats(NDArray array) {
        return array.toType(DataType.FLOAT32, true).toFloatArray();
    }
}
