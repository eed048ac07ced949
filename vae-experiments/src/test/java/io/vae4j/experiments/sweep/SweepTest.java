package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.sweep.Event.RunName;
import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sweeps, over runs whose curves are known. */
class SweepTest {

    private static final String GRID = """
            recipe: vae
            set: {train.epochs: 4}
            vary: {model.latent: [2, 6, 7, 12]}
            seeds: [0, 5]
            evaluate: {settings: 1}
            """;

    private static final String ASHA = """
            recipe: vae
            set: {train.epochs: 8}
            vary: {model.latent: {kind: integer, from: 1, to: 40}}
            seeds: [0, 5]
            search: {kind: asha, settings: 12, reduction: 2}
            evaluate: {settings: 2}
            """;

    /** Its journal is cut after each line, which takes as many sweeps. */
    private static final String SMALL =
            ASHA.replace("settings: 12", "settings: 5").replace("epochs: 8", "epochs: 4");

    @TempDir
    private Path home;

    @Test
    void everySettingOfAGridIsTrainedToItsEndWithEverySeedAndTheBestIsLookedAtOnTheTestExamples() throws Exception {
        KnownCurves curves = new KnownCurves(3);

        SweepState state = run(GRID, curves);

        assertThat(curves.trained()).hasSize(4 * 2 * 4).doesNotHaveDuplicates();
        assertThat(state.ranking()).containsExactly(2, 1, 0, 3);
        assertThat(curves.evaluated()).containsExactlyInAnyOrder("vae-0002-s0", "vae-0002-s5");
        assertThat(state.standings().settings().get(1).loss(4))
                .hasValue((KnownCurves.loss(6, 4, 0) + KnownCurves.loss(6, 4, 5)) / 2);
    }

    @Test
    void halvingTrainsFewEpochsAndFindsTheBestOfWhatItDrew() throws Exception {
        KnownCurves curves = new KnownCurves(1);

        SweepState state = run(ASHA, curves);

        List<Long> latents = state.settings().stream()
                .map(setting -> setting.values().values().iterator().next().asLong())
                .toList();
        long best = latents.stream()
                .min((a, b) -> Double.compare(Math.abs(a - 7.0), Math.abs(b - 7.0)))
                .orElseThrow();
        assertThat(latents.get(state.ranking().get(0))).isEqualTo(best);
        assertThat(curves.trained()).doesNotHaveDuplicates().hasSizeLessThan(12 * 2 * 8 / 2);
    }

    @Test
    void aRunThatFailsIsKeptByNameAndTheOthersGoOn() throws Exception {
        KnownCurves curves = new KnownCurves(2);

        SweepState state = run(GRID.replace("[2, 6,", "[2, 3,"), curves);

        assertThat(state.run(new RunName(1, 5)).failure()).contains("3 is no good");
        assertThat(state.ranking()).containsExactly(2, 0, 3);
        assertThat(journal()).contains("\"event\":\"failed\"");
    }

    @Test
    void whatFailedIsTriedAgainOnlyWhenThatIsWished() throws Exception {
        run(GRID.replace("[2, 6,", "[2, 3,"), new KnownCurves(2));
        KnownCurves idle = new KnownCurves(2);
        resume(idle);
        try (Sweep sweep = Sweep.open(folder())) {
            sweep.retryFailed();
        }
        resume(idle);

        assertThat(idle.trained()).isEmpty();
        assertThat(journal().lines().filter(line -> line.contains("\"failed\"")))
                .hasSize(4);
    }

    @Test
    void aRunWhoseProcessDiesGoesOnAndOneThatDiesAgainAndAgainHasFailed() throws Exception {
        KnownCurves once = new KnownCurves(1).losing(2);
        SweepState survived = run(GRID, once);
        Path other = home.resolve("other");
        KnownCurves often = new KnownCurves(1).losing(3);
        SweepState failed = run(GRID.replace("epochs: 4", "epochs: 40"), often, other);

        assertThat(once.trained()).hasSize(32).doesNotHaveDuplicates();
        assertThat(survived.runs()).allMatch(run -> run.failure().isEmpty());
        assertThat(failed.run(new RunName(0, 0)).failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("3 of its processes died", "killed"));
    }

    /**
     * The process of a sweep may die at any moment: after any line of its journal, or within one, while the runs that
     * it had started are anywhere up to where they were to get.
     */
    @Test
    void whereverItIsKilledNothingIsLostAndNothingIsTrainedTwice() throws Exception {
        KnownCurves uninterrupted = new KnownCurves(1);
        SweepState expected = run(SMALL, uninterrupted);
        List<String> lines = journal().lines().toList();
        Random random = new Random(1);
        for (int kept = 0; kept < lines.size(); kept++) {
            Path copy = home.resolve("killed-" + kept);
            List<String> before = killed(copy, lines.subList(0, kept), random);
            KnownCurves curves = new KnownCurves(1);
            SweepState state = resumed(copy, curves);

            List<String> all = new ArrayList<>(before);
            all.addAll(curves.trained());
            assertThat(all).as("after line " + kept).containsExactlyInAnyOrderElementsOf(uninterrupted.trained());
            assertThat(state.ranking()).isEqualTo(expected.ranking());
            assertThat(state.standings()).isEqualTo(expected.standings());
        }
    }

    /** A folder as a killed process leaves it; the epochs that its runs have done. */
    private List<String> killed(Path copy, List<String> lines, Random random) throws IOException {
        Files.createDirectories(copy);
        for (String file : List.of("sweep.yaml", "base.yaml")) {
            Files.copy(folder().resolve(file), copy.resolve(file));
        }
        Files.writeString(copy.resolve(Journal.NAME), String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
        List<Event> events = new Journal(copy).events();
        Files.writeString(copy.resolve(Journal.NAME), "{\"event\":\"star", StandardOpenOption.APPEND);
        SweepPlan plan = SweepFolder.plan(copy);
        SweepState state = new SweepState(plan, plan.epochs(), events);
        KnownCurves before = new KnownCurves(1);
        for (SweepState.RunState run : state.runs()) {
            int reached = run.last().map(Event.Reached::epochs).orElse(0);
            int sent = state.settings().get(run.name().setting()).until().orElse(4);
            boolean started = events.stream()
                    .anyMatch(event -> event instanceof Event.Started begun
                            && begun.run().equals(run.name())
                            && begun.until().orElse(4) > reached);
            int epochs = started ? reached + random.nextInt(sent - reached + 1) : reached;
            if (epochs > 0) {
                RunRecords records = new RunRecords(plan, SweepFolder.open(copy));
                records.refusal(
                        run.name().setting(),
                        state.settings().get(run.name().setting()).values());
                before.train(records.order(run.name(), Optional.of(epochs)), 0);
                records.folder().close();
            }
        }
        return before.trained();
    }

    @Test
    void theOrderOfEventsDoesNotMatterForWhatIsKnownOfARun() throws Exception {
        SweepState state = run(GRID, new KnownCurves(3));
        Map<RunName, Double> values =
                new TreeMap<>(Comparator.comparing(RunName::setting).thenComparing(RunName::seed));
        state.runs()
                .forEach(run -> values.put(run.name(), run.last().orElseThrow().value()));

        assertThat(values)
                .hasSize(8)
                .containsEntry(new RunName(0, 5), KnownCurves.loss(2, 4, 5))
                .containsEntry(new RunName(3, 0), KnownCurves.loss(12, 4, 0));
    }

    @Test
    void aMetricThatNoRunHasEndsTheSweepAtItsFirstRun() {
        KnownCurves curves = new KnownCurves(1, "elbo");

        assertThatThrownBy(() -> run(GRID, curves))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("vae-0000-s0 has no validation loss; it has [elbo]");
        assertThat(curves.trained()).hasSize(4);
    }

    @Test
    void whoAsksForTheHighestGetsIt() throws Exception {
        SweepState state = run(GRID + "maximize: loss\n", new KnownCurves(2));

        assertThat(state.ranking()).containsExactly(0, 3, 1, 2);
    }

    @Test
    void oneFolderHoldsOneSweepAndOneProcessAtATime() throws Exception {
        run(GRID, new KnownCurves(2));

        assertThatThrownBy(() -> run(GRID, new KnownCurves(2)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("there is a sweep in this folder")
                .hasMessageContaining("--resume");
        try (Sweep first = Sweep.open(folder())) {
            assertThat(first.folder()).isEqualTo(folder());
            assertThatThrownBy(() -> Sweep.open(folder()))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("another process is writing this sweep");
        }
    }

    @Test
    void recipesOfSettingsDifferInWhatVariesAlone() throws Exception {
        run(GRID, new KnownCurves(2));
        try (Stream<Path> files = Files.list(folder().resolve("settings"))) {
            List<String> recipes = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                recipes.add(Files.readString(file).replaceFirst("(?m)^( *latent:).*$", "$1"));
            }
            assertThat(recipes).hasSize(4);
            assertThat(new HashSet<>(recipes)).hasSize(1);
        }
    }

    private Path folder() {
        return home.resolve("sweep");
    }

    private String journal() throws IOException {
        return Files.readString(folder().resolve(Journal.NAME));
    }

    private SweepState run(String yaml, KnownCurves curves) throws Exception {
        return run(yaml, curves, folder());
    }

    private SweepState run(String yaml, KnownCurves curves, Path folder) throws Exception {
        Path file = home.resolve("sweep.yaml");
        Files.writeString(file, yaml);
        try (Sweep sweep = Sweep.draft(file).in(folder, recipe -> recipe)) {
            sweep.run(curves, SweepProgress.silent(), new StopSignal());
        }
        return state(folder);
    }

    private SweepState resume(KnownCurves curves) throws Exception {
        return resumed(folder(), curves);
    }

    private static SweepState resumed(Path folder, KnownCurves curves) throws Exception {
        try (Sweep sweep = Sweep.open(folder)) {
            sweep.run(curves, SweepProgress.silent(), new StopSignal());
        }
        return state(folder);
    }

    private static SweepState state(Path folder) throws IOException {
        SweepPlan plan = SweepFolder.plan(folder);
        return new SweepState(plan, plan.epochs(), new Journal(folder).events());
    }
}
