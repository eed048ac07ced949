package io.vae4j.experiments.training;

import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.Locale;

/** The training has gone wrong; what was saved before is intact. */
public final class TrainingFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String REMEDY = "what was saved before, if anything, is intact; start a new run in"
            + " another folder, with a lower optimizer.learningRate or with optimizer.clipNorm";

    private TrainingFailure(String message) {
        super(message);
    }

    static Measurement unlessFinite(Measurement measurement) {
        if (measurement.value(StandardMetrics.LOSS).isEmpty()) {
            throw new TrainingFailure("the loss is " + measurement.values().get(StandardMetrics.LOSS.key())
                    + " in epoch " + measurement.epoch() + ", by step " + measurement.step() + "; " + REMEDY);
        }
        return measurement;
    }

    /**
     * Steps were skipped, one after another.
     *
     * @param latest of them
     * @param inARow how many
     * @param culprit what is not finite in the latest
     */
    static TrainingFailure skipped(Position latest, long inARow, String culprit) {
        return new TrainingFailure(culprit + " is not finite in " + latest + ", and in the " + (inARow - 1)
                + " steps before something was not, either: none of them was applied; " + REMEDY);
    }

    /**
     * The loss is beyond all bounds.
     *
     * @param loss of the epoch so far
     * @param first what it was in the beginning
     */
    static TrainingFailure grown(Position latest, double loss, double first) {
        return new TrainingFailure(String.format(
                Locale.ROOT,
                "the training loss has grown from %.4g to %.4g by %s, beyond train.guard.lossGrowth; %s",
                first,
                loss,
                latest,
                REMEDY));
    }

    /**
     * Where a training stands.
     *
     * @param step from 1
     * @param batch of the epoch, from 1
     * @param epoch from 1
     */
    record Position(long step, int batch, int epoch) {

        @Override
        public String toString() {
            return "step " + step + ", batch " + batch + " of epoch " + epoch;
        }
    }
}
