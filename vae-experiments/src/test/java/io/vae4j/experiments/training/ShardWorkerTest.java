package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.core.training.FusedAdam;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ModelSpec.Assembly;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.TrainingState;
import org.junit.jupiter.api.Test;

/** What one worker makes of a round, and what the average of workers is. */
class ShardWorkerTest {

    /** Without noise, so that a step is a function of its examples alone. */
    private static final Recipe CERTAIN = Small.recipe("ae", 1);

    private static final Round FIRST_STEP = new Round(1, 0, 1);

    /** Whatever the worker's process has done before: it may have been any other worker, or none. */
    @Test
    void aRoundThatIsTakenAgainElsewhereHasTheSameBits() {
        LocalSgd method = new LocalSgd(3, 2);
        Round round = new Round(2, 0, 2);
        TrainingState begun;
        RoundPart first;
        RoundPart later;
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 0)) {
            ShardWorker worker = worker(session, method);
            begun = worker.take(new Round(1, 0, 2), 1, state(session)).state();
            first = worker.take(round, 2, begun);
            worker.take(new Round(5, 0, 1), 0, state(session));
            later = worker.take(round, 2, begun);
        }
        RoundPart elsewhere;
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 0)) {
            elsewhere = worker(session, method).take(round, 2, begun);
        }

        for (RoundPart again : new RoundPart[] {later, elsewhere}) {
            assertThat(again.state().numbers()).isEqualTo(first.state().numbers());
            assertThat(again.sums().numbers()).isEqualTo(first.sums().numbers());
            assertThat(again.moved()).isEqualTo(first.moved()).isEqualTo(2);
        }
        assertThat(first.state().numbers()).isNotEqualTo(begun.numbers());
    }

    @Test
    void noTwoWorkersSeeTheSameExamplesOrNoise() {
        LocalSgd method = new LocalSgd(2, 1);
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 0)) {
            TrainingState start = state(session);
            RoundPart one = worker(session, method).take(FIRST_STEP, 0, start);
            RoundPart other = worker(session, method).take(FIRST_STEP, 1, start);

            assertThat(one.state().numbers()).isNotEqualTo(other.state().numbers());
            assertThat(one.sums().numbers()).isNotEqualTo(other.sums().numbers());
        }
    }

    /** {@code theta - lr/eps g}, as Adam is where eps is large and nothing is remembered: it is linear in g. */
    @Test
    void afterOneStepOfSgdTheAverageIsTheStepOfOneProcessOnTheExamplesOfAll() {
        FusedAdam.Settings linear = new FusedAdam.Settings(0, 0, 1e6);
        float[] start;
        float[] averaged;
        try (TrainingSession session = session(8, linear, 1e5)) {
            start = state(session).numbers();
            averaged = averaged(session, 4).numbers();
        }
        float[] whole;
        try (TrainingSession session = session(32, linear, 1e5)) {
            whole = averaged(session, 1).numbers();
        }

        double moved = 0;
        // the parameters come first, and as many first and second moments behind them
        for (int i = 0; i < whole.length / 3; i++) {
            moved = Math.max(moved, Math.abs(whole[i] - start[i]));
            assertThat((double) averaged[i]).isCloseTo(whole[i], within(1e-6 + 1e-5 * Math.abs(whole[i])));
        }
        assertThat(moved).isGreaterThan(1e-2);
    }

    /**
     * Adam's first moment is linear in the gradients, so that the average is that of the large batch; its second moment
     * is convex, and the average is no smaller (Jensen), by the variance of the workers' gradients.
     */
    @Test
    void averagedMomentsAreThoseOfTheLargeBatchInTheFirstAndNoSmallerInTheSecond() {
        FusedAdam.Settings adam = new FusedAdam.Settings();
        float[] averaged;
        int parameters;
        try (TrainingSession session = session(8, adam, 1e-3)) {
            averaged = averaged(session, 4).numbers();
            parameters = averaged.length / 3;
        }
        float[] whole;
        try (TrainingSession session = session(32, adam, 1e-3)) {
            whole = averaged(session, 1).numbers();
        }

        int larger = 0;
        // behind the parameters lie the moments of each, the first before the second, in the order of their names
        boolean[] first = firstMoments();
        for (int i = parameters; i < whole.length; i++) {
            double tolerance = 1e-6 + 1e-5 * Math.abs(whole[i]);
            if (first[i]) {
                assertThat((double) averaged[i]).isCloseTo(whole[i], within(tolerance));
            } else {
                assertThat((double) averaged[i]).isGreaterThan(whole[i] - tolerance);
                larger += averaged[i] > whole[i] + tolerance ? 1 : 0;
            }
        }
        assertThat(larger).isGreaterThan(100);
    }

    /** Of the numbers of a state. */
    private static boolean[] firstMoments() {
        try (TrainingSession session = session(8, new FusedAdam.Settings(), 1e-3)) {
            session.step().state().forEach((name, array) -> array.addi(name.endsWith(".exp_avg") ? 1 : 2));
            float[] marked = state(session).numbers();
            boolean[] first = new boolean[marked.length];
            for (int i = marked.length / 3; i < marked.length; i++) {
                first[i] = marked[i] == 1;
            }
            return first;
        }
    }

    private static TrainingState averaged(TrainingSession session, int workers) {
        return new WorkersInTurn(session.loop().training(), new LocalSgd(workers, 1), new StopSignal())
                .run(FIRST_STEP, state(session))
                .state();
    }

    private static TrainingSession session(int batch, FusedAdam.Settings settings, double rate) {
        Dataset data = Small.data();
        Assembly assembly = CERTAIN.model().assemble(ModelContext.of(data));
        return TrainingSession.of(assembly.model(), data)
                .event(assembly.event())
                .values(CERTAIN.data().values())
                .optimizer(settings)
                .learningRate(rate)
                .batch(batch)
                .build();
    }

    private static ShardWorker worker(TrainingSession session, LocalSgd method) {
        return new ShardWorker(session.loop().training(), method, new StopSignal());
    }

    private static TrainingState state(TrainingSession session) {
        return session.loop().training().state().read();
    }
}
