package io.vae4j.experiments.report;

import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The top of a run's page: what was done and what came out, in two sentences.
 *
 * @param done what the recipe trained
 * @param result how the sentence on the result begins
 * @param loss what stands out in it; empty where there is none
 * @param rest how it ends
 */
record Headline(String done, String result, String loss, String rest) {

    /** Nats that rounding in the files may cost. */
    private static final double SAME = 1e-3;

    static Headline of(RunContents run) {
        String done = run.manifest().model().map(name -> "the model " + name).orElse("its model")
                + run.manifest()
                        .data()
                        .flatMap(DataRecord::name)
                        .map(data -> " on " + data)
                        .orElse("")
                + " for " + Wording.count(run.history().epochs(), "epoch");
        Optional<Measurement> test = run.history().last(Split.TEST);
        Optional<Measurement> train = run.history().last(Split.TRAIN);
        if (test.isPresent()) {
            return of(run, done, test.get(), "Its loss on the test examples is ");
        }
        return train.map(last -> of(run, done, last, "There was no test pass; its loss on the training examples is "))
                .orElse(new Headline(done, "", "", ""));
    }

    private static Headline of(RunContents run, String done, Measurement last, String result) {
        OptionalDouble loss = last.value(StandardMetrics.LOSS);
        if (loss.isEmpty()) {
            String why = last.diverged(StandardMetrics.LOSS) ? "not finite." : "not recorded.";
            return new Headline(done, result, "", why);
        }
        return new Headline(
                done,
                result,
                Wording.nats(loss.getAsDouble()) + " nats per example",
                bits(run, last, loss.getAsDouble()));
    }

    /** A loss may weigh its terms, and bits are those of the bound. */
    private static String bits(RunContents run, Measurement last, double loss) {
        OptionalDouble bound = last.minusBound();
        OptionalDouble bits = RunPage.bitsPerDimension(run, last);
        if (bits.isEmpty()) {
            return ".";
        }
        boolean same = Math.abs(bound.getAsDouble() - loss) < SAME;
        return (same ? ", or " : "; its " + last.bound().heading() + " is ") + Wording.bits(bits.getAsDouble())
                + " bits per dimension"
                + run.manifest().bitsQualifier().map(Headline::meaning).orElse(".");
    }

    private static String meaning(String qualifier) {
        return qualifier.equals("upper bound")
                ? ", an upper bound on those of the bytes, for it is a density of them with noise added."
                : ", of a density and no code length.";
    }
}
