package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import io.vae4j.core.NoiseScheme;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.BatchCoupled;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Split;
import java.util.List;

/** One pass over examples that are held out, each with as many samples as the objective takes. */
final class HeldOut {

    private static final int BATCH = 1000;

    private final TrainedModel trained;
    private final List<Metric> metrics;
    private final Randomness random;
    private final Course course;
    private final int trainingBatch;
    private final StopSignal stop;

    /** Examples that are held out, and the randomness of looking at them. */
    record Examples(Split split, DeviceExamples examples, RandomStream noise, RandomStream bits) {

        static Examples test(DeviceExamples examples) {
            return new Examples(Split.TEST, examples, RandomStream.TEST_NOISE, RandomStream.TEST_BITS);
        }

        static Examples validation(DeviceExamples examples) {
            return new Examples(
                    Split.VALIDATION, examples, RandomStream.VALIDATION_NOISE, RandomStream.VALIDATION_BITS);
        }
    }

    /** @param trainingBatch the examples of a full step */
    HeldOut(TrainedModel trained, TrainingPlan plan, Course course, int trainingBatch, StopSignal stop) {
        this.trained = trained;
        this.course = course;
        this.trainingBatch = trainingBatch;
        this.stop = stop;
        metrics = plan.metrics();
        random = plan.randomness();
    }

    /** The means over the examples, by the weights as they are. */
    Measurement measured(int epoch, Examples held) {
        long start = System.nanoTime();
        int count = held.examples().count();
        try (NDManager owner = trained.newManager();
                MetricAccumulator sums = new MetricAccumulator(
                        metrics, new Metric.Subject(owner, trained.model(), course.objectiveAfter(epoch)))) {
            for (int from = 0; from < count; from += batch()) {
                stop.check();
                add(held, from, Math.min(from + batch(), count), epoch, sums);
            }
            return sums.read(epoch, course.stepsTaken(epoch), held.split(), (System.nanoTime() - start) / 1e9);
        }
    }

    /** Where the loss depends on the size of the batch, the test has that of the training: it compares the two. */
    private int batch() {
        // a run that began when all were tested in batches of a thousand goes on so, or its column would hold two
        // figures
        boolean older = random.scheme() == NoiseScheme.HASHED;
        boolean coupled = course.objective().at(0) instanceof BatchCoupled && !older;
        return coupled
                ? trainingBatch
                : Math.toIntExact(
                        SamplePortion.examples(trained.model(), trained.view().event(), BATCH));
    }

    private void add(Examples held, int from, int to, int epoch, MetricAccumulator sums) {
        try (NDManager owner = trained.newManager()) {
            long key = random.testKey(epoch, from, batch(), held.examples().count());
            Minibatch data = held.examples().range(owner, from, to, random.noise(held.bits(), key));
            Pass pass = Pass.evaluation(trained.store(), owner, random.noise(held.noise(), key));
            Objective current = course.objectiveAfter(epoch);
            BoundTerms terms = trained.model().boundTerms(pass, data.x(), data.condition(), current.samples());
            sums.add(new Estimate(terms, current.loss(terms)));
        }
    }
}
