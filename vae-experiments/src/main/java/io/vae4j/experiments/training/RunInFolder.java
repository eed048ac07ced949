package io.vae4j.experiments.training;

import ai.djl.ndarray.NDManager;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.core.training.WeightAverage;
import io.vae4j.experiments.report.Report;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.io.IOException;
import java.util.Optional;

/** The epochs of a run, each of which leaves metrics, a checkpoint, pictures and a report in its folder. */
final class RunInFolder {

    private final RunFolder folder;
    private final TrainingPlan plan;
    private final int until;
    private final TrainedModel trained;
    private final TrainingLoop loop;
    private final Optional<EarlyStopping> stopping;
    private final Progress progress;
    private final EpochPictures pictures;

    /** @param until the epoch after which it pauses */
    RunInFolder(
            RunFolder folder,
            TrainingPlan plan,
            int until,
            TrainedModel trained,
            TrainingLoop loop,
            Optional<EarlyStopping> stopping,
            Progress progress) {
        this.folder = folder;
        this.plan = plan;
        this.until = Math.min(until, plan.train().epochs());
        this.trained = trained;
        this.loop = loop;
        this.stopping = stopping;
        this.progress = progress;
        pictures = new EpochPictures(trained, loop.splits().test(), folder, plan.randomness());
    }

    /** Whether the run is over by an epoch that is not its last. */
    boolean isOver(int epoch) throws IOException {
        return stopping.isPresent() && stopping.get().isOver(folder, epoch);
    }

    /** Puts model and optimizer where a checkpoint says. */
    void restore(Checkpoint checkpoint) throws IOException {
        try (NDManager scratch = trained.newManager()) {
            checkpoint.loadModel(scratch, ModelState.tensors(trained.model()));
            checkpoint.loadOptimizer(scratch, step().state());
            step().average().ifPresent(average -> checkpoint.loadAveraged(scratch, average.tensors()));
        }
        Optional<Double> first = checkpoint.state().firstLoss();
        (first.isPresent() ? first : firstLoss()).ifPresent(loop.guard()::began);
    }

    /**
     * Trains to the end.
     *
     * @param done epochs
     * @param begun the checkpoint within the next one, where it was restored to that
     */
    void continueFrom(int done, Optional<Checkpoint> begun) throws IOException {
        pictures.originals();
        trained.reached(done);
        long position = begun.map(checkpoint -> checkpoint.state().step()).orElse(loop.stepsTaken(done));
        if (done > 0) {
            keep(done); // a kill may have come between a checkpoint and the deletion of those before
        }
        StepCheckpoints within = new StepCheckpoints(folder, loop, plan, begun, this::content);
        try (TensorBoardLog log =
                new TensorBoardLog(folder.path(), plan, trained, loop.splits().test())) {
            log.begin(position);
            if (done > 0 && begun.isEmpty() && hasPictures(done) && !pictures.areDrawn(done)) {
                // the epoch's checkpoint was whole when the process ended, and its pictures were not
                draw(done, folder.checkpoints().of(done).state().step(), log);
            }
            for (int epoch = done + 1; epoch <= until && !isOver(epoch - 1); epoch++) {
                epoch(epoch, log, within);
            }
            if (hasEnded()) {
                log.completed();
            }
        }
        if (hasEnded()) {
            step().average().ifPresent(WeightAverage::adopt);
        }
        Report.write(folder.path());
    }

    /** Not where it only pauses. */
    private boolean hasEnded() throws IOException {
        return trained.epoch() >= plan.train().epochs() || isOver(trained.epoch());
    }

    /** Of the first epoch, by an older checkpoint that does not say what it was in the beginning. */
    private Optional<Double> firstLoss() throws IOException {
        return MetricsFile.read(new RunFiles(folder.path())).history().measurements(Split.TRAIN).stream()
                .flatMap(measurement ->
                        measurement.value(StandardMetrics.LOSS).stream().boxed())
                .findFirst();
    }

    private void epoch(int epoch, TensorBoardLog log, StepCheckpoints within) throws IOException {
        int epochs = plan.train().epochs();
        progress.begin(epoch, epochs, loop.stepsPerEpoch());
        EpochResult result = measured(epoch, log, within.of(epoch));
        folder.append(result.all());
        // the lines are kept, with nulls, and the last good checkpoint with them
        result.all().forEach(TrainingFailure::unlessFinite);
        long taken = result.train().step();
        trained.reached(epoch);
        folder.checkpoints().of(epoch).save(epoch, taken, plan.randomness().seed(), content(Optional.empty()));
        keep(epoch);
        if (hasPictures(epoch)) {
            draw(epoch, taken, log);
        }
        Report.write(folder.path());
        progress.end(result);
        if (epoch < epochs && isOver(epoch)) {
            progress.stoppedEarly(epoch, folder.checkpoints().best().orElseThrow());
        }
    }

    private EpochResult measured(int epoch, TensorBoardLog log, WithinEpoch within) throws IOException {
        LastGradients gradients = new LastGradients(within, log, loop.stepsTaken(epoch), loop.stepsPerEpoch());
        EpochResult result = loop.whole(epoch, gradients, gradients::of);
        for (Measurement measurement : result.all()) {
            log.measured(measurement);
        }
        loop.<Boolean, IOException>evaluated(() -> {
            log.codes(result.train().step());
            return true;
        });
        return result;
    }

    /** The best epoch is named before older checkpoints are deleted, so that its own stays. */
    private void keep(int epoch) throws IOException {
        if (stopping.isPresent()) {
            Optional<Checkpoints.Best> best = stopping.get().best(folder, epoch);
            if (best.isPresent()) { // or else its lines are lost
                folder.checkpoints().mark(best.get());
            }
        }
        folder.checkpoints().prune(plan.train().keepCheckpoints(), epoch);
    }

    private Checkpoint.Content content(Optional<Checkpoint.Begun> measured) {
        return new Checkpoint.Content(
                ModelState.tensors(trained.model()),
                step().state(),
                step().average().map(WeightAverage::tensors),
                measured,
                loop.guard().first());
    }

    private TrainingStep step() {
        return loop.step();
    }

    private boolean hasPictures(int epoch) throws IOException {
        return epoch == plan.train().epochs() || plan.train().figureEpochs().contains(epoch) || isOver(epoch);
    }

    /** By the weights that the run evaluates. */
    private void draw(int epoch, long step, TensorBoardLog log) throws IOException {
        loop.<Boolean, IOException>evaluated(() -> {
            pictures.draw(epoch, step, log.events());
            return true;
        });
    }
}
