package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Mnist;
import io.vae4j.experiments.device.RunDevice;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.experiments.training.localsgd.AveragingTree;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.MetricSums;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Shard;
import io.vae4j.experiments.training.localsgd.TrainingState;
import io.vae4j.experiments.training.localsgd.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of Adam's moments when parameters are averaged, on MNIST: the figures of the decision for the mean. */
@Tag("long")
class MomentsOfLocalSgdTest {

    private static final int EPOCHS = 2;

    private static Dataset data;

    private enum Treatment {
        AVERAGED,
        /** Each worker goes on with its own. */
        LOCAL,
        /** Each round begins without any, and Adam's correction of them anew. */
        RESET
    }

    @BeforeAll
    static void loadDigits() throws Exception {
        data = Mnist.load(Optional.empty(), CacheFolder.ofProcess().path(), line -> {});
    }

    @ParameterizedTest
    @CsvSource({"2, 10", "2, 50", "4, 10", "4, 50"})
    void averagedMomentsLearnNoSlowerThanOthers(int workers, int localSteps) {
        LocalSgd method = new LocalSgd(workers, localSteps);
        List<Double> losses = new ArrayList<>();
        for (Treatment treatment : Treatment.values()) {
            losses.add(lossAfterTraining(method, treatment));
        }
        System.out.println(method + ", test loss after " + EPOCHS + " epochs: "
                + losses.stream()
                        .map(loss -> String.format(Locale.ROOT, "%.2f", loss))
                        .toList() + " for " + Arrays.toString(Treatment.values()));

        assertThat(losses.get(0)).isLessThan(Collections.min(losses) * 1.005);
    }

    /** With the batch of one process dealt out among the workers, and its rate times the root of their number. */
    private static double lossAfterTraining(LocalSgd method, Treatment treatment) {
        Recipe recipe = Recipes.find(
                "vae",
                List.of(
                        "train.batch=" + 128 / method.workers(),
                        "optimizer.learningRate=" + 1e-3 * Math.sqrt(method.workers())));
        try (TrainingSession session = TrainingSession.of(
                "vae",
                recipe,
                data,
                Randomness.of(0),
                RunDevice.cpu(),
                Progress.silent(),
                new StopSignal(),
                new Workers.InTurn(method))) {
            new Training(session, method, treatment).train();
            return session.loop().test(EPOCHS).raw(StandardMetrics.LOSS);
        }
    }

    private static final class Training {

        private final TrainingSteps steps;
        private final LocalSgd method;
        private final Treatment treatment;
        /** Where the moments begin in a state. */
        private final int parameters;

        private final List<float[]> moments = new ArrayList<>();

        Training(TrainingSession session, LocalSgd method, Treatment treatment) {
            this.steps = session.loop().training();
            this.method = method;
            this.treatment = treatment;
            parameters = Math.toIntExact(ModelState.tensors(session.model().model()).values().stream()
                    .mapToLong(NDArray::size)
                    .sum());
            for (int worker = 0; worker < method.workers(); worker++) {
                moments.add(momentsOf(steps.state().read()));
            }
        }

        void train() {
            int perEpoch = steps.course().stepsPerEpoch();
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                for (int done = 0; done < perEpoch; ) {
                    Round round = method.round(epoch, done, perEpoch);
                    take(round);
                    done = round.to();
                }
            }
        }

        private void take(Round round) {
            TrainingState begun = steps.state().read();
            AveragingTree tree = new AveragingTree();
            for (int worker = 0; worker < method.workers(); worker++) {
                write(begunBy(worker, begun));
                int examples = take(round, worker);
                TrainingState state = steps.state().read();
                moments.set(worker, momentsOf(state));
                tree.add(new RoundPart(state, new MetricSums(new double[0], examples, 0), 1, 0));
            }
            write(tree.mean().state());
        }

        private int take(Round round, int worker) {
            TrainingSteps.OfShard mine = steps.in(round.epoch(), new Shard(worker, method.workers()));
            int examples = 0;
            for (int done = round.from(); done < Math.min(round.to(), mine.count()); done++) {
                int since = done - round.from();
                mine.on(done, inputs -> steps.step().on(treatment == Treatment.RESET ? at(since, inputs) : inputs));
                examples += steps.batch();
            }
            return examples;
        }

        private static TrainingStep.Inputs at(long index, TrainingStep.Inputs inputs) {
            return new TrainingStep.Inputs(
                    inputs.x(), inputs.condition(), inputs.objective(), inputs.learningRate(), index, inputs.noise());
        }

        private TrainingState begunBy(int worker, TrainingState averaged) {
            float[] own = averaged.numbers().clone();
            switch (treatment) {
                case AVERAGED -> {}
                case LOCAL -> System.arraycopy(moments.get(worker), 0, own, parameters, own.length - parameters);
                case RESET -> Arrays.fill(own, parameters, own.length, 0);
            }
            return new TrainingState(own);
        }

        private float[] momentsOf(TrainingState state) {
            return Arrays.copyOfRange(state.numbers(), parameters, state.numbers().length);
        }

        private void write(TrainingState state) {
            try (NDManager scratch = steps.newManager()) {
                steps.state().write(state, scratch);
            }
        }
    }
}
