package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.report.SweepCourse;
import io.vae4j.experiments.report.SweptRun;
import io.vae4j.experiments.report.SweptSetting;
import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.sweep.Event.RunName;
import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables and the page that a sweep leaves, over runs whose curves are known. */
class ResultFilesTest {

    private static final List<Long> SEEDS = List.of(0L, 5L, 6L);

    private static final String GRID = """
            recipe: vae
            set: {train.epochs: 4}
            vary: {model.latent: [2, 6, 7, 3], train.batch: {kind: list, values: [100]}}
            seeds: [0, 5, 6]
            evaluate: {settings: 1}
            """;

    private static final String ASHA = """
            recipe: vae
            set: {train.epochs: 4}
            vary: {model.latent: {kind: integer, from: 8, to: 40}}
            seeds: [0, 5]
            search: {kind: asha, settings: 6, reduction: 2}
            evaluate: {settings: 0}
            """;

    @TempDir
    private Path home;

    @Test
    void aLineForEachRunHasAllDigitsOfItsFigure() throws Exception {
        run(GRID);
        List<CSVRecord> runs = table("results.csv");

        assertThat(runs.get(0).toMap().keySet())
                .containsExactly(
                        "run",
                        "setting",
                        "seed",
                        "model.latent",
                        "train.batch",
                        "state",
                        "epochs",
                        "validation_loss",
                        "test_nll",
                        "seconds",
                        "processes",
                        "reason",
                        "folder");
        assertThat(runs)
                .extracting(run -> run.get("run"))
                .containsExactly(
                        "vae-0002-s0",
                        "vae-0002-s5",
                        "vae-0002-s6",
                        "vae-0001-s0",
                        "vae-0001-s5",
                        "vae-0001-s6",
                        "vae-0000-s0",
                        "vae-0000-s5",
                        "vae-0000-s6",
                        "vae-0003-s0",
                        "vae-0003-s5",
                        "vae-0003-s6");
        CSVRecord second = runs.get(1);
        assertThat(Double.parseDouble(second.get("validation_loss"))).isEqualTo(KnownCurves.loss(7, 4, 5));
        assertThat(List.of(
                        second.get("setting"),
                        second.get("seed"),
                        second.get("model.latent"),
                        second.get("train.batch"),
                        second.get("state"),
                        second.get("epochs"),
                        second.get("processes"),
                        second.get("reason"),
                        second.get("folder")))
                .containsExactly(
                        "vae-0002",
                        "5",
                        "7",
                        "100",
                        "ended",
                        "4",
                        "2",
                        "a curve has no likelihood",
                        "runs/vae-0002-s5");
    }

    @Test
    void aLineForEachSettingHasMeanDeviationAndTheDifferenceSeedBySeed() throws Exception {
        run(GRID);
        List<CSVRecord> settings = table("settings.csv");
        SummaryStatistics figures = new SummaryStatistics();
        SEEDS.forEach(seed -> figures.addValue(KnownCurves.loss(6, 4, seed)));
        CSVRecord second = settings.get(1);

        assertThat(settings)
                .extracting(setting -> setting.get("rank") + " " + setting.get("setting"))
                .containsExactly("1 vae-0002", "2 vae-0001", "3 vae-0000", " vae-0003");
        assertThat(Double.parseDouble(second.get("validation_loss_mean"))).isCloseTo(figures.getMean(), within(1e-12));
        assertThat(Double.parseDouble(second.get("validation_loss_deviation")))
                .isCloseTo(figures.getStandardDeviation(), within(1e-12));
        assertThat(Double.parseDouble(second.get("above_best"))).isCloseTo(1, within(1e-12));
        assertThat(Double.parseDouble(second.get("above_best_standard_error"))).isCloseTo(0, within(1e-12));
        assertThat(settings.get(0).get("above_best")).isEmpty();
    }

    @Test
    void aSettingThatFailedIsListedWithItsReasonAndHasNoRank() throws Exception {
        run(GRID);
        CSVRecord setting = table("settings.csv").get(3);
        CSVRecord run = table("results.csv").get(9);

        assertThat(setting.get("state")).isEqualTo("failed");
        assertThat(setting.get("rank") + setting.get("validation_loss_mean") + setting.get("above_best"))
                .isEmpty();
        assertThat(run.get("reason")).isEqualTo("3 is no good");
        assertThat(Files.readString(folder().resolve("report.html"))).contains("vae-0003-s0", "3 is no good");
    }

    /** What was stopped early was not beaten by what its rival reached later. */
    @Test
    void ofHalvingTheDifferenceIsThatAfterAsManyEpochs() throws Exception {
        run(ASHA);
        List<CSVRecord> settings = table("settings.csv");
        CSVRecord best = settings.get(0);
        CSVRecord stopped = settings.get(settings.size() - 1);
        int epochs = Integer.parseInt(stopped.get("epochs"));
        double expected = KnownCurves.loss(Long.parseLong(stopped.get("model.latent")), epochs, 0)
                - KnownCurves.loss(Long.parseLong(best.get("model.latent")), epochs, 0);

        assertThat(best.get("epochs")).isEqualTo("4");
        assertThat(best.get("state")).isEqualTo("ended");
        assertThat(epochs).isLessThan(4);
        assertThat(stopped.get("state")).isEqualTo("paused");
        assertThat(Double.parseDouble(stopped.get("above_best"))).isCloseTo(expected, within(1e-9));
        assertThat(IntStream.range(0, settings.size())
                        .mapToObj(i -> settings.get(i).get("rank")))
                .containsExactly("1", "2", "3", "4", "5", "6");
    }

    @Test
    void valuesOfManyKeysAndReasonsWithCommasAreReadAgain() throws Exception {
        SweptRun run = new SweptRun(
                "r",
                0,
                SweptRun.State.FAILED,
                0,
                Optional.empty(),
                Optional.of(1 / 3.0),
                0.1,
                2,
                Optional.of("no, \"really\"\nno"),
                Path.of("runs/r"));
        SweptSetting setting = new SweptSetting(
                "s",
                Map.of(
                        "objective",
                        new JsonMapper().readTree("{\"kind\":\"iwae\",\"samples\":5}"),
                        "b",
                        TextNode.valueOf("x,y")),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of(run));
        Goal goal = new Goal("loss", Split.VALIDATION, Goal.Direction.MINIMIZE);
        CSVRecord read = records(new CsvTables(List.of("objective", "b"), goal, List.of(setting)).runs())
                .get(0);

        assertThat(read.get("objective")).isEqualTo("{\"kind\":\"iwae\",\"samples\":5}");
        assertThat(read.get("b")).isEqualTo("x,y");
        assertThat(read.get("reason")).isEqualTo("no, \"really\"\nno");
        assertThat(Double.parseDouble(read.get("test_nll"))).isEqualTo(1 / 3.0);
    }

    @Test
    void theyAreWrittenAsFarAsItGoesWhereTheSweepIsStopped() throws Exception {
        StopSignal stop = new StopSignal();
        KnownCurves curves = new KnownCurves(1);
        try (Sweep sweep = begun(GRID)) {
            SweepProgress stopping = new SweepProgress() {
                @Override
                public void tell(String line) {
                    stop.request();
                }
            };
            assertThatThrownBy(() -> sweep.run(curves, stopping, stop)).isInstanceOf(StopSignal.Stopped.class);
        }

        assertThat(table("results.csv"))
                .extracting(run -> run.get("state"))
                .containsExactly("ended", "waiting", "waiting");
        assertThat(table("settings.csv").get(0).get("rank")).isEmpty();
        assertThat(Files.readString(folder().resolve("report.html")))
                .contains("The sweep is not at its end: 2 runs are waiting", "--resume");
    }

    @Test
    void theyAreWrittenAlsoWhereTheSweepFails() throws Exception {
        try (Sweep sweep = begun(GRID)) {
            assertThatThrownBy(() -> sweep.run(new KnownCurves(1, "elbo"), SweepProgress.silent(), new StopSignal()))
                    .isInstanceOf(InvalidInput.class);
        }

        assertThat(folder().resolve("report.html")).isNotEmptyFile();
        assertThat(table("results.csv")).hasSize(3);
    }

    @Test
    void theyAreWrittenAnewFromTheFolderAlone() throws Exception {
        run(GRID);
        for (String file : List.of("results.csv", "settings.csv", "report.html")) {
            String before = Files.readString(folder().resolve(file));
            Files.delete(folder().resolve(file));
            assertThat(Sweep.writeResults(folder())).isEqualTo(folder().resolve("report.html"));
            assertThat(folder().resolve(file)).hasContent(before);
        }
    }

    @Test
    void aJournalThatLacksAValueIsRefused() throws Exception {
        run(GRID);
        Path journal = folder().resolve(Journal.NAME);
        Files.writeString(journal, Files.readString(journal).replaceFirst("\"model.latent\":6", "\"model.latency\":6"));

        assertThatThrownBy(() -> Sweep.writeResults(folder()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("vae-0001 has no value of model.latent");
    }

    @Test
    void timesOfAllProcessesThatHadTheSweepAreAddedUp() {
        RunName run = new RunName(0, 0);
        List<Event> events = List.of(
                new Event.Opened("2026-11-29T12:00:00Z", "0.1.0", 2),
                new Event.Decided(0, Map.of(), Optional.empty()),
                new Event.Started("2026-11-29T12:00:01Z", run, Optional.empty(), "GPU 1"),
                new Event.Lost("2026-11-29T12:01:00Z", run, "killed"),
                new Event.Opened("2026-11-30T08:00:00Z", "0.2.0", 4),
                new Event.Started("2026-11-30T08:00:01Z", run, Optional.empty(), "CPU"),
                new Event.Reached("2026-11-30T08:00:30Z", run, Optional.empty(), 4, 100, 20, true));
        SweepCourse course = CourseOfEvents.of(SweepFolder.plan(written()), events);

        assertThat(course.wallSeconds()).isEqualTo(60 + 30);
        assertThat(course.versions()).containsExactly("0.1.0", "0.2.0");
        assertThat(course.slots()).containsExactly(2, 4);
        assertThat(course.places()).containsExactly("CPU", "GPU 1");
        assertThat(course.lost()).isEqualTo(1);
        assertThat(course.started()).contains("2026-11-29T12:00:00Z");
    }

    private Path written() {
        try (Sweep sweep = begun(GRID)) {
            return sweep.folder();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path folder() {
        return home.resolve("sweep");
    }

    private void run(String yaml) throws Exception {
        try (Sweep sweep = begun(yaml)) {
            sweep.run(new KnownCurves(2), SweepProgress.silent(), new StopSignal());
        }
    }

    private Sweep begun(String yaml) throws IOException {
        Path file = home.resolve("sweep.yaml");
        Files.writeString(file, yaml);
        return Sweep.draft(file).in(folder(), recipe -> recipe);
    }

    private List<CSVRecord> table(String name) throws IOException {
        return records(Files.readString(folder().resolve(name)));
    }

    private static List<CSVRecord> records(String text) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text))
                .getRecords();
    }
}
