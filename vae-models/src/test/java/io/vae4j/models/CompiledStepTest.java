package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Ops;
import io.vae4j.core.constrained.DualAscent;
import io.vae4j.core.constrained.KlAtMost;
import io.vae4j.core.constrained.Lagrangian;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.BetaTcVae;
import io.vae4j.core.objective.CapacityElbo;
import io.vae4j.core.objective.DipVae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.FreeBits;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.models.adversarial.Discriminator;
import io.vae4j.models.adversarial.FactorVae;
import io.vae4j.models.network.Initialization;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What compiled steps promise besides {@link CompiledTrainingTest}. */
class CompiledStepTest extends ModelTest {

    private static final int STEPS = 100;

    private static Stream<Schedule<? extends Objective>> schedules() {
        Objective constrained =
                new Lagrangian(new KlAtMost(1, 1), new DualAscent(DualAscent.Update.PROJECTED, 1e-2, 1, 100, 0.9));
        return Stream.of(
                Schedule.constant(new Elbo()),
                Schedule.linear(0, 1, 30).map(beta -> new Elbo(beta, 2)),
                Schedule.linear(0, 5, 90).map(capacity -> new CapacityElbo(10, capacity, CapacityElbo.Held.BATCH_MEAN)),
                Schedule.constant(new FreeBits(0.3, 1, 1)),
                Schedule.linear(1, 6, 50).map(weight -> new BetaTcVae(weight, 100)),
                Schedule.constant(new DipVae(DipVae.Variant.II, 5, 5)),
                Schedule.constant(constrained));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schedules")
    void nothingThatChangesFromStepToStepIsBakedIn(Schedule<? extends Objective> objective) {
        List<Double> eager = losses(objective, Way.EAGER, index -> 8);
        List<Double> compiled = losses(again(objective), Way.COMPILED, index -> 8);

        for (int i = 0; i < STEPS; i++) {
            assertThat(compiled.get(i)).as("step " + i).isCloseTo(eager.get(i), within(1e-9));
        }
    }

    /** An objective with a part of its own belongs to one training. */
    private static Schedule<? extends Objective> again(Schedule<? extends Objective> objective) {
        return objective.at(0) instanceof Lagrangian
                ? Schedule.constant(new Lagrangian(
                        new KlAtMost(1, 1), new DualAscent(DualAscent.Update.PROJECTED, 1e-2, 1, 100, 0.9)))
                : objective;
    }

    @Test
    void aDiscriminatorLearnsTheSame() {
        List<Double> eager = losses(discriminated(), Way.EAGER, index -> 8);
        List<Double> compiled = losses(discriminated(), Way.COMPILED, index -> 8);

        for (int i = 0; i < STEPS; i++) {
            assertThat(compiled.get(i)).as("step " + i).isCloseTo(eager.get(i), within(1e-9));
        }
    }

    private static Schedule<Objective> discriminated() {
        Discriminator discriminator = new Discriminator(
                List.of(8), new Discriminator.Learning(new FusedAdam.Settings(), 1e-3), Initialization.FAN_IN_UNIFORM);
        return Schedule.constant(new FactorVae(3, discriminator));
    }

    @Test
    void batchesOfOneAndOddLastBatchesHaveProgramsOfTheirOwn() {
        IntUnaryOperator sizes = index -> List.of(8, 8, 8, 3, 1).get(index % 5);
        List<Double> eager = losses(Schedule.constant(new Elbo(1, 2)), Way.EAGER, sizes);
        List<Double> compiled = losses(Schedule.constant(new Elbo(1, 2)), Way.COMPILED, sizes);

        for (int i = 0; i < STEPS; i++) {
            assertThat(compiled.get(i)).as("step " + i).isCloseTo(eager.get(i), within(1e-9));
        }
    }

    private List<Double> losses(Schedule<? extends Objective> objective, Way kind, IntUnaryOperator sizes) {
        List<Double> losses = new ArrayList<>();
        try (SmallTraining training = new SmallTraining(manager, DataType.FLOAT64, objective, kind)) {
            for (int i = 0; i < STEPS; i++) {
                losses.add(training.take(i, sizes.applyAsInt(i)));
            }
            assertThat(training.step().refused()).isEmpty();
            assertThat(training.step().programs()).hasSizeLessThanOrEqualTo(6);
        }
        return losses;
    }

    /**
     * What goes on from a checkpoint compiles anew, in the middle of schedules. Not with powers of two alone, whose
     * products are exact whatever their order.
     */
    @ParameterizedTest
    @CsvSource({"8, 2", "5, 3"})
    void aResumedTrainingEndsWithTheSameBits(int examples, int samples) {
        Schedule<Elbo> objective = Schedule.linear(0, 1, 30).map(beta -> new Elbo(beta, samples));
        try (SmallTraining whole = new SmallTraining(manager, DataType.FLOAT32, objective, Way.COMPILED);
                SmallTraining resumed = new SmallTraining(manager, DataType.FLOAT32, objective, Way.COMPILED)) {
            Map<String, float[]> kept = new LinkedHashMap<>();
            for (int i = 0; i < 40; i++) {
                if (i == 17) {
                    whole.state().forEach((name, array) -> kept.put(name, array.toFloatArray()));
                }
                whole.take(i, examples);
            }
            resumed.state().forEach((name, array) -> array.set(Objects.requireNonNull(kept.get(name))));
            for (int i = 17; i < 40; i++) {
                resumed.take(i, examples);
            }
            Map<String, NDArray> ends = resumed.state();
            whole.state()
                    .forEach((name, array) -> assertThat(
                                    Objects.requireNonNull(ends.get(name)).toFloatArray())
                            .as(name)
                            .isEqualTo(array.toFloatArray()));
        }
    }

    @Test
    void garbageCollectionChangesNothing() {
        List<Double> calm = losses(Schedule.constant(new Elbo()), Way.COMPILED, index -> 8);
        List<Double> stressed = losses(Schedule.constant(new Elbo()), Way.COMPILED, index -> {
            if (index % 10 == 0) {
                System.gc();
            }
            for (int i = 0; i < 100; i++) {
                ByteBuffer.allocateDirect(1 << 14).putDouble(0, Double.NaN);
            }
            return 8;
        });

        assertThat(stressed).isEqualTo(calm);
    }

    @Test
    void aStepThatIsNotFiniteChangesNothing() {
        Schedule<Elbo> objective = step -> new Elbo(step == 3 ? 3e38 : 1, 1);
        try (SmallTraining training = new SmallTraining(manager, DataType.FLOAT32, objective, Way.COMPILED)) {
            for (int i = 0; i < 3; i++) {
                training.take(i, 8);
            }
            Map<String, float[]> before = new LinkedHashMap<>();
            training.state().forEach((name, array) -> before.put(name, array.toFloatArray()));
            training.take(3, 8);

            assertThat(training.step().skipped().isLatest()).isTrue();
            training.state()
                    .forEach((name, array) ->
                            assertThat(array.toFloatArray()).as(name).isEqualTo(before.get(name)));
            assertThat(training.take(4, 8)).isFinite();
            assertThat(training.step().skipped().inARow()).isZero();
        }
    }

    /** An objective of a user's, as anybody would write it to look at something. */
    private record Looking() implements Objective {

        @Override
        public int samples() {
            return 1;
        }

        @Override
        public NDArray loss(BoundTerms terms) {
            double seen =
                    terms.reconstruction().toType(DataType.FLOAT64, true).mean().toDoubleArray()[0];
            return Ops.scale(terms.elbo().neg(), seen > 0 ? 1 : 2);
        }
    }

    @Test
    void aPartThatReadsANumberMakesTheStepEagerWithTheSameNoiseAndIsNamed() {
        try (SmallTraining eager =
                        new SmallTraining(manager, DataType.FLOAT64, Schedule.constant(new Looking()), Way.EAGER);
                SmallTraining compiled =
                        new SmallTraining(manager, DataType.FLOAT64, Schedule.constant(new Looking()), Way.COMPILED)) {
            for (int i = 0; i < 3; i++) {
                assertThat(compiled.take(i, 8)).isEqualTo(eager.take(i, 8));
            }
            assertThat(compiled.step().refused().orElseThrow())
                    .contains("is read on the host")
                    .contains("Looking.loss");
            assertThat(compiled.step().programs()).isEmpty();
        }
    }
}
