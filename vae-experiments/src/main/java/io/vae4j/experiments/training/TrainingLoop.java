package io.vae4j.experiments.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.vae4j.core.NoiseScheme;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.BatchCoupled;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.LeafParameters;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import java.util.stream.IntStream;

/** One epoch of training, and one pass over the test images. Every batch has its own manager. */
public final class TrainingLoop {

    private static final int TEST_BATCH = 1000;
    /** Reading the running loss waits for the device, so progress is shown only this often. */
    private static final int STEPS_PER_PROGRESS = 50;

    private final Experiment experiment;
    private final Schedule<Objective> objective;
    private final GradientEstimator estimator;
    private final Schedule<Double> rate;
    private final Progress progress;
    private final StopSignal stop;

    public TrainingLoop(Experiment experiment, Progress progress, StopSignal stop) {
        this.experiment = experiment;
        this.progress = progress;
        this.stop = stop;
        objective = experiment
                .recipe()
                .objective()
                .over(new Extent(experiment.train().count(), stepsPerEpoch()));
        estimator = experiment.recipe().estimator().estimator();
        rate = experiment.recipe().optimizer().learningRate(stepsPerEpoch());
    }

    /** How many steps an epoch has. */
    public int stepsPerEpoch() {
        int batch = experiment.recipe().train().batch();
        return (experiment.train().count() + batch - 1) / batch;
    }

    /**
     * Trains for one epoch.
     *
     * @param epoch from 1
     * @throws TrainingFailure if the loss is seen to be no longer finite before the epoch ends
     */
    public Metrics train(int epoch) {
        long start = System.nanoTime();
        int count = experiment.train().count();
        int batch = experiment.recipe().train().batch();
        long[] order = Shuffle.of(experiment.seed(), epoch, count);
        long first = (long) (epoch - 1) * stepsPerEpoch();
        try (Totals totals = totals(epoch)) {
            for (int from = 0, done = 1; from < count; from += batch, done++) {
                stop.check();
                step(order, from, Math.min(from + batch, count), first + done - 1, totals);
                if (done == 1 || done % STEPS_PER_PROGRESS == 0) {
                    report(totals.read(epoch, first + done, Split.TRAIN, seconds(start)), done);
                }
            }
            return totals.read(epoch, stepsTaken(epoch), Split.TRAIN, seconds(start));
        }
    }

    /** The means over the test images, each with as many samples as the objective takes. */
    public Metrics test(int epoch) {
        long start = System.nanoTime();
        int count = experiment.test().count();
        long[] order = IntStream.range(0, count).asLongStream().toArray();
        try (Totals totals = totals(epoch)) {
            for (int from = 0; from < count; from += testBatch()) {
                stop.check();
                evaluate(order, from, Math.min(from + testBatch(), count), epoch, totals);
            }
            return totals.read(epoch, stepsTaken(epoch), Split.TEST, seconds(start));
        }
    }

    /** Where the loss depends on the size of the batch, the test has that of the training: it compares the two. */
    private int testBatch() {
        // a run that began when all were tested in batches of a thousand goes on so, or its column would hold two
        // figures
        boolean older = experiment.randomness().scheme() == NoiseScheme.HASHED;
        boolean coupled = objective.at(0) instanceof BatchCoupled && !older;
        int batch = experiment.recipe().train().batch();
        return coupled ? Math.min(batch, experiment.train().count()) : TEST_BATCH;
    }

    private void step(long[] order, int from, int to, long step, Totals totals) {
        try (NDManager batch = experiment.manager().newSubManager()) {
            Randomness random = experiment.randomness();
            random.seedEngine(RandomStream.ENGINE, step);
            Minibatch data =
                    experiment.train().batch(batch, order, from, to, random.noise(RandomStream.TRAIN_BITS, step));
            LeafParameters leaves = experiment.adam().leaves(experiment.store(), batch);
            Pass pass = Pass.training(leaves, batch, random.noise(RandomStream.TRAIN_NOISE, step));
            Estimate estimate;
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                estimate = estimator.backward(
                        tape, experiment.model(), pass, data.images(), data.condition(), objective.at(step));
            }
            totals.add(estimate);
            experiment.adam().step(leaves, rate.at(step), step);
            if (experiment.model() instanceof AfterStep changing) {
                changing.afterStep(new CompletedStep(pass, estimate.terms(), step, experiment.adam()));
            }
        }
    }

    private void evaluate(long[] order, int from, int to, int epoch, Totals totals) {
        try (NDManager batch = experiment.manager().newSubManager()) {
            Randomness random = experiment.randomness();
            long key =
                    random.testKey(epoch, from, testBatch(), experiment.test().count());
            Minibatch data = experiment.test().batch(batch, order, from, to, random.noise(RandomStream.TEST_BITS, key));
            Pass pass = Pass.evaluation(experiment.store(), batch, random.noise(RandomStream.TEST_NOISE, key));
            Objective current = objective.at(Math.max(0, stepsTaken(epoch) - 1));
            BoundTerms terms = experiment.model().boundTerms(pass, data.images(), data.condition(), current.samples());
            totals.add(new Estimate(terms, current.loss(terms)));
        }
    }

    private Totals totals(int epoch) {
        return new Totals(
                experiment.manager(), objective.at(Math.max(0, stepsTaken(epoch) - 1)), experiment.codebook());
    }

    private long stepsTaken(int epoch) {
        return (long) epoch * stepsPerEpoch();
    }

    private void report(Metrics running, int done) {
        progress.step(done, TrainingFailure.unlessFinite(running).loss());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
