package io.vae4j.experiments.training;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.report.EventFile;
import io.vae4j.experiments.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A run from its first or its next epoch to the last: trains, logs, samples, saves, and keeps the report up to date.
 */
public final class Run {

    private final Experiment experiment;
    private final RunFolder folder;
    private final Progress progress;
    private final TrainingLoop loop;

    public Run(Experiment experiment, RunFolder folder, Progress progress, StopSignal stop) {
        this.experiment = experiment;
        this.folder = folder;
        this.progress = progress;
        loop = new TrainingLoop(experiment, progress, stop);
    }

    /** Begins a run in an empty folder. */
    public void start(Manifest manifest) throws IOException {
        folder.write(experiment.recipe());
        folder.write(manifest);
        new Figures(experiment, folder).originals();
        continueFrom(0);
    }

    /** Goes on from the latest checkpoint, on the same device exactly as if the run had never stopped. */
    public void resume(Manifest.Resumption resumption) throws IOException {
        int done = folder.latestEpoch().orElse(0);
        int epochs = experiment.recipe().train().epochs();
        if (done >= epochs) {
            throw new InvalidInput(
                    "the run has " + done + " epochs already, and " + epochs + " were asked for",
                    folder.path().toString(),
                    "give --epochs a larger number");
        }
        if (done > 0) {
            folder.checkpoint(done).load(experiment);
        }
        folder.write(experiment.recipe());
        folder.write(folder.manifest().with(resumption));
        folder.keepMetricsUpTo(done);
        continueFrom(done);
    }

    private void continueFrom(int done) throws IOException {
        int epochs = experiment.recipe().train().epochs();
        try (EventFile events = EventFile.create(folder.path())) {
            for (int epoch = done + 1; epoch <= epochs; epoch++) {
                epoch(epoch, epochs, events);
            }
        }
        Report.write(folder.path());
    }

    private void epoch(int epoch, int epochs, EventFile events) throws IOException {
        progress.begin(epoch, epochs, loop.stepsPerEpoch());
        Metrics train = loop.train(epoch);
        Metrics test = loop.test(epoch);
        log(train, events);
        log(test, events);
        folder.append(List.of(train, test));
        // the lines are kept, with nulls, and the last good checkpoint with them
        TrainingFailure.unlessFinite(train);
        TrainingFailure.unlessFinite(test);
        if (epoch == epochs || experiment.recipe().train().figureEpochs().contains(epoch)) {
            new Figures(experiment, folder).draw(epoch, test.step(), events);
        }
        folder.checkpoint(epoch).save(experiment, epoch, test.step());
        folder.prune(experiment.recipe().train().keepCheckpoints());
        Report.write(folder.path());
        progress.end(train, test);
    }

    private static void log(Metrics metrics, EventFile events) throws IOException {
        String split = metrics.split() == Split.TRAIN ? "train" : "test";
        events.scalar(metrics.step(), "loss/" + split, metrics.loss());
        events.scalar(metrics.step(), "elbo/" + split, metrics.elbo());
        events.scalar(metrics.step(), "reconstruction/" + split, metrics.reconstruction());
        events.scalar(metrics.step(), "kl/" + split, metrics.kl());
        scalar(events, metrics.step(), "bound/" + split, metrics.bound());
        scalar(events, metrics.step(), "codes_used/" + split, metrics.codesUsed());
        scalar(events, metrics.step(), "perplexity/" + split, metrics.perplexity());
    }

    private static void scalar(EventFile events, long step, String tag, Optional<Double> value) throws IOException {
        if (value.isPresent()) {
            events.scalar(step, tag, value.get());
        }
    }
}
