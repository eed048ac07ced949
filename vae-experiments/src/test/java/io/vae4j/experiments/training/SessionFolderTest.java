package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.vae4j.core.objective.Iwae;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.recipe.ModelContext;
import io.vae4j.experiments.recipe.ModelSpec;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session leaves in a run folder, also when it goes on with one that is not whole. */
class SessionFolderTest {

    @TempDir
    private Path home;

    @Test
    void picturesThatWereLostWithTheProcessAreDrawnWhenTheRunGoesOn() throws Exception {
        Path run = home.resolve("run");
        train(run, 1);
        Path samples = run.resolve("images/samples-epoch-0001.png");
        byte[] before = Files.readAllBytes(samples);
        Files.delete(samples);
        resume(run, 2, Small.data());

        assertThat(samples).hasBinaryContent(before);
    }

    @Test
    void whatARunGoesOnWithIsWrittenDown() throws Exception {
        Path run = home.resolve("run");
        train(run, 1);
        Dataset small = Small.data();
        Provenance other = new Provenance("elsewhere", Map.of("file", "0f"));
        resume(run, 2, new ArrayDataset("other", small.train(), small.test(), other));
        Manifest manifest = RunFolder.reading(run).manifest();

        assertThat(manifest.data().orElseThrow().name()).hasValue("small");
        assertThat(manifest.latestData().orElseThrow().name()).hasValue("other");
        assertThat(manifest.latestData().orElseThrow().sha256()).containsEntry("file", "0f");
        assertThat(manifest.resumed().get(0).vae4j()).isEqualTo(manifest.vae4j());
    }

    /** An autoencoder draws nothing, so that equal examples have equal losses. */
    @Test
    void aValidationSplitIsMeasuredAfterEachEpochAndChangesNothingElse() throws Exception {
        Dataset small = Small.data();
        Dataset held =
                new ArrayDataset("held", small.train(), Optional.of(small.test()), small.test(), small.provenance());
        List<Measurement> with = measured(held, "with");
        List<Measurement> without = measured(small, "without");

        assertThat(with)
                .extracting(Measurement::split)
                .containsExactly(Split.TRAIN, Split.VALIDATION, Split.TEST, Split.TRAIN, Split.VALIDATION, Split.TEST);
        assertThat(with.get(4).raw(StandardMetrics.LOSS)).isEqualTo(with.get(5).raw(StandardMetrics.LOSS));
        assertThat(losses(with, Split.TRAIN)).isEqualTo(losses(without, Split.TRAIN));
        assertThat(losses(with, Split.TEST)).isEqualTo(losses(without, Split.TEST));
        assertThat(home.resolve("with/report.html")).content().contains("var(--validation)");
        assertThat(home.resolve("without/report.html")).content().doesNotContain("var(--validation)");
    }

    private List<Measurement> measured(Dataset data, String name) throws IOException {
        Path run = home.resolve(name);
        try (TrainingSession session = TrainingSession.of(Small.recipe("ae", 2), data, 0, Device.cpu())) {
            session.run(run);
        }
        return RunContents.read(run).history().all();
    }

    private static List<Double> losses(List<Measurement> all, Split split) {
        return all.stream()
                .filter(measurement -> measurement.split() == split)
                .map(measurement -> measurement.raw(StandardMetrics.LOSS))
                .toList();
    }

    @Test
    void aFolderWithoutRecipeIsNoRunYet() throws Exception {
        Path run = home.resolve("run");
        train(run, 1);
        Files.delete(run.resolve("recipe.yaml"));

        assertThatThrownBy(() -> RunFolder.open(run)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aMetricThatFailsIsNamed() {
        Metric own = new Metric(
                "own",
                "Own",
                Metric.Unit.NUMBER,
                new Metric.Mean(estimate -> estimate.loss().mean(new int[] {0, 7})));
        SessionBuilder builder = madeInJava().metrics(own);

        try (TrainingSession session = builder.build()) {
            assertThatThrownBy(() -> session.run(home.resolve("run"))).hasMessageStartingWith("the metric own fails: ");
        }
    }

    @Test
    void aModelMadeInJavaIsDescribedByHowItWasTrained() throws Exception {
        Path run = home.resolve("run");
        try (TrainingSession session = madeInJava()
                .objective(new Iwae(5))
                .learningRate(2e-3)
                .batch(50)
                .epochs(1)
                .build()) {
            session.run(run);
        }

        assertThat(run.resolve("report.html"))
                .content()
                .contains(
                        "objective: \"Iwae[samples=5]\"",
                        "estimator: \"PathwiseGradient[]\"",
                        "learningRate: 0.002",
                        "batch: 50");
    }

    /** A run keeps the kind of step that it began with, and those from before there were programs are eager. */
    @Test
    void aRunMadeInJavaGoesOnWithItsKindOfStep() throws Exception {
        Path older = home.resolve("older");
        Path run = home.resolve("run");
        for (Path folder : List.of(older, run)) {
            try (TrainingSession session = madeInJava().epochs(1).build()) {
                session.run(folder);
            }
        }
        Path manifest = older.resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).contains("\"compiled\"");
        Files.writeString(manifest, text.replaceFirst(",\\s*\"step\"\\s*:\\s*\"compiled\"", ""));

        assertThat(programsOfAResumed(run)).isPositive();
        assertThat(programsOfAResumed(older)).isZero();
    }

    private static int programsOfAResumed(Path folder) throws Exception {
        try (TrainingSession session = madeInJava().epochs(2).build()) {
            session.resume(folder);
            return session.step().programs().size();
        }
    }

    static SessionBuilder madeInJava() {
        Dataset data = Small.data();
        ModelSpec.Assembly parts = Small.recipe("vae", 1).model().assemble(ModelContext.of(data));
        return TrainingSession.of(parts.model(), data).event(parts.event()).values(ValueTransform.DYNAMIC_BINARIZATION);
    }

    @Test
    void metricsOfAProgramsOwnAreMeasuredBesideThoseThatAreRegistered() {
        Metric own = new Metric("own", "Own", Metric.Unit.NUMBER, new Metric.Derived(means -> 7));

        assertThat(Metrics.with(List.of(own)))
                .contains(own, StandardMetrics.LOSS)
                .hasSize(Metrics.all().size() + 1);
        assertThatThrownBy(() -> Metrics.with(List.of(StandardMetrics.LOSS)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there is already a metric loss");
    }

    @Test
    void ofLargeImagesFewerAreDrawn() throws Exception {
        int side = 1100;
        Dataset large = Small.data(
                "large",
                Small.examples(new byte[4 * side * side], side, 0, 1, 2, 3),
                Small.examples(new byte[8 * side * side], side, 0, 1, 2, 3, 4, 5, 6, 7));
        Path run = home.resolve("run");
        try (TrainingSession session = Small.session(Small.recipe("cvae", 1), large, 0)) {
            session.run(run);
        }
        BufferedImage samples =
                ImageIO.read(run.resolve("images/samples-epoch-0001.png").toFile());
        BufferedImage originals =
                ImageIO.read(run.resolve("images/originals.png").toFile());

        // 8 million numbers are six such images, and one row of eight of one class
        assertThat(originals.getWidth()).isEqualTo(6 * (side + 1) + 1);
        assertThat(samples.getHeight()).isEqualTo(side + 2);
    }

    @Test
    void whoeverStopsARunThatHasNotBegunNeedNotWait() {
        StopSignal early = new StopSignal();
        StopSignal late = new StopSignal();
        late.begin();

        assertThat(early.request()).isFalse();
        assertThatThrownBy(early::begin).isInstanceOf(StopSignal.Stopped.class);
        assertThat(late.request()).isTrue();
        late.ended();
        assertThat(late.request()).isFalse();
    }

    @Test
    void aLockIsNotKeptByARunThatCannotGoOn() throws Exception {
        Path run = home.resolve("run");
        train(run, 1);
        try (TrainingSession session = Small.session(Small.recipe("vae", 1), 0)) {
            assertThatThrownBy(() -> session.resume(run)).hasMessageContaining("trained up to epoch 1 already");
        }
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("lock"));
        }
        resume(run, 2, Small.data());
    }

    private static void train(Path run, int epochs) throws Exception {
        try (TrainingSession session = Small.session(Small.recipe("vae", epochs), 0)) {
            session.run(run);
        }
    }

    private static void resume(Path run, int epochs, Dataset data) throws Exception {
        try (TrainingSession session = Small.session(Small.recipe("vae", epochs), data, 0)) {
            session.resume(run);
        }
    }
}
