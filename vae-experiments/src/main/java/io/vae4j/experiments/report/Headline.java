package io.vae4j.experiments.report;

import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The top of a run's page: what was done and what came out, in two sentences. */
final class Headline {

    /** Nats that rounding in the files may cost. */
    private static final double SAME = 1e-3;

    private Headline() {}

    static Markup.Element of(RunContents run) {
        Markup.Element header = Markup.element("header")
                .add(Markup.element("p", "vae4j run " + run.name()).with("class", "eyebrow"))
                .add(Markup.element("h1", sentences(run)));
        return caution(run).map(header::add).orElse(header);
    }

    private static List<Markup> sentences(RunContents run) {
        List<Markup> words = new ArrayList<>();
        words.add(new Markup.Text("The "));
        words.add(Markup.element("strong", run.recipeName()));
        words.add(new Markup.Text(" recipe trained "));
        words.add(new Markup.Text(
                run.manifest().model().map(name -> "the model " + name).orElse("its model")));
        run.manifest().data().flatMap(DataRecord::name).ifPresent(data -> words.add(new Markup.Text(" on " + data)));
        words.add(new Markup.Text(" for " + Wording.count(run.history().epochs(), "epoch") + ". "));
        Optional<Measurement> test = run.history().last(Split.TEST);
        Optional<Measurement> train = run.history().last(Split.TRAIN);
        if (test.isPresent()) {
            words.addAll(result(run, test.get(), "Its loss on the test examples is "));
        } else if (train.isPresent()) {
            words.addAll(result(run, train.get(), "There was no test pass; its loss on the training examples is "));
        }
        return words;
    }

    private static List<Markup> result(RunContents run, Measurement last, String beginning) {
        OptionalDouble loss = last.value(StandardMetrics.LOSS);
        if (loss.isEmpty()) {
            return List.of(new Markup.Text(
                    beginning + (last.diverged(StandardMetrics.LOSS) ? "not finite." : "not recorded.")));
        }
        OptionalDouble bound = last.minusBound();
        OptionalDouble bits =
                bound.isPresent() ? run.manifest().bitsPerDimension(bound.getAsDouble()) : OptionalDouble.empty();
        // a loss may weigh its terms, and bits are those of the bound
        boolean same = bound.isPresent() && Math.abs(bound.getAsDouble() - loss.getAsDouble()) < SAME;
        String rest = bits.isPresent()
                ? (same ? ", or " : "; its " + last.bound().heading() + " is ") + Wording.bits(bits.getAsDouble())
                        + " bits per dimension"
                        + (run.manifest().isDensity() ? ", of a density and no code length." : ".")
                : ".";
        return List.of(
                new Markup.Text(beginning),
                Markup.element("strong", Wording.nats(loss.getAsDouble()) + " nats per example"),
                new Markup.Text(rest));
    }

    private static Optional<Markup.Element> caution(RunContents run) {
        if (run.manifest().normalized().orElse(true)) {
            return Optional.empty();
        }
        String what = run.manifest().likelihood().map(name -> ": it is " + name).orElse("");
        return Optional.of(Markup.element("p")
                .with("class", "caution")
                .add(Markup.element("strong", "This loss is not a log-likelihood"))
                .add(what
                        + ". It ranks runs of the same kind, but is no bound on log p(x) and must not be compared with"
                        + " results that are."));
    }
}
