package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps as users start them: processes that start processes. */
class SweepCommandTest {

    private static final String TOY = """
            recipe: toy
            set: {train.epochs: EPOCHS, data.set.train: 300, data.set.test: 60, model.network.hidden: [8]}
            vary: {optimizer.learningRate: [0.001, 0.003]}
            seeds: [4]
            evaluate: {settings: 1, samples: 10, examples: 20}
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(home.resolve("short.yaml"), TOY.replace("EPOCHS", "2"));
        Files.writeString(home.resolve("long.yaml"), TOY.replace("EPOCHS", "400"));
    }

    @Test
    void aSweepTrainsItsRunsLeavesTheTestExamplesAloneAndEvaluatesTheBest() throws Exception {
        Result swept = vae("sweep short.yaml --out swept --jobs 2 --device cpu");
        Result again = vae("sweep --resume swept --jobs 2 --device cpu");

        assertThat(swept.exitCode()).as(swept.err()).isZero();
        assertThat(swept.out().strip()).isEqualTo("swept");
        assertThat(swept.err()).contains("toy-0000-s4 after epoch 2: validation loss", "toy-0001-s4 after epoch 2");
        for (String run : List.of("toy-0000-s4", "toy-0001-s4")) {
            assertThat(lines(run)).hasSize(4).noneMatch(line -> line.contains("\"test\""));
        }
        assertThat(Stream.of("toy-0000-s4", "toy-0001-s4")
                        .filter(run -> Files.exists(home.resolve("swept/runs/" + run + "/evaluation.json"))))
                .hasSize(1);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(journal().lines().filter(line -> line.contains("\"started\"")))
                .hasSize(3);
    }

    @Test
    void whatCameOutOfASweepIsInItsFolderAndCanBeWrittenAnew() throws Exception {
        Result swept = vae("sweep short.yaml --out swept --jobs 2 --device cpu");
        Path page = home.resolve("swept/report.html");
        String before = Files.readString(page);
        Files.delete(page);
        CommandOutcome report = CommandOutcome.of("report " + home + "/swept");
        CommandOutcome compared = CommandOutcome.of("report " + home + "/swept " + home + "/swept/runs/toy-0000-s4");

        assertThat(swept.exitCode()).as(swept.err()).isZero();
        assertThat(report.out().strip()).isEqualTo(page.toString());
        assertThat(page).hasContent(before).content().contains("On the test examples, which were looked at once");
        assertThat(Files.readAllLines(home.resolve("swept/results.csv"))).hasSize(3);
        assertThat(Files.readAllLines(home.resolve("swept/settings.csv"))).hasSize(3);
        assertThat(compared.exitCode()).isEqualTo(2);
        assertThat(compared.err()).contains("this is a sweep, whose page compares its runs already");
    }

    /** Its children see that nobody is there any more, keep what they have and end; then others go on. */
    @Test
    void whenTheSweepIsKilledItsRunsPauseAndAreGoneOnWith() throws Exception {
        Process sweep = new VaeProcesses(home)
                .start(List.of("sweep", "long.yaml", "--out", "swept", "--jobs", "2", "--device", "cpu"));
        awaitEpoch("toy-0001-s4");
        List<ProcessHandle> children = sweep.children().toList();
        int before = lines("toy-0001-s4").size();
        sweep.destroyForcibly().waitFor();
        Process resumed = new VaeProcesses(home).start(List.of("sweep", "--resume", "swept", "--jobs", "2"));
        awaitLines("toy-0001-s4", before + 6);
        interrupt(resumed);
        Result interrupted = new VaeProcesses(home).await(resumed);

        assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
        assertThat(interrupted.exitCode()).isEqualTo(143);
        assertThat(interrupted.err()).contains("interrupted; ./vae sweep --resume swept goes on");
        List<String> epochs = lines("toy-0001-s4").stream()
                .map(line -> line.replaceAll(".*\"epoch\":(\\d+),.*\"split\":\"(\\w+)\".*", "$1 $2"))
                .toList();
        assertThat(epochs).doesNotHaveDuplicates().hasSizeGreaterThan(before);
        assertThat(journal()).doesNotContain("\"failed\"", "\"lost\"");
    }

    @Test
    void wrongArgumentsAreToldInOneLine() throws Exception {
        for (List<String> wrong : List.of(
                List.of("sweep", "there is neither a file nor --resume"),
                List.of("sweep none.yaml", "there is no such file"),
                List.of("sweep short.yaml --jobs 0", "--jobs is 0"),
                List.of("sweep short.yaml --retry-failed", "--retry-failed is for a sweep that was begun"),
                List.of("sweep --resume nowhere", "there is no sweep in this folder"),
                List.of("sweep short.yaml --resume short.yaml", "leave FILE and --out away"))) {
            CommandOutcome outcome = CommandOutcome.of(wrong.get(0).replace("short.yaml", home + "/short.yaml"));

            assertThat(outcome.exitCode()).as(wrong.get(0)).isEqualTo(2);
            assertThat(outcome.err().strip())
                    .startsWith("vae: ")
                    .contains(wrong.get(1))
                    .doesNotContain("\n");
        }
    }

    private void awaitEpoch(String run) throws Exception {
        awaitLines(run, 1);
    }

    private void awaitLines(String run, int lines) throws Exception {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (lines(run).size() < lines) {
            assertThat(System.nanoTime()).as("no epoch came").isLessThan(patience);
            Thread.sleep(100);
        }
    }

    private List<String> lines(String run) throws IOException {
        Path metrics = home.resolve("swept/runs/" + run + "/metrics.jsonl");
        return Files.exists(metrics) ? Files.readString(metrics).lines().toList() : List.of();
    }

    private String journal() throws IOException {
        return Files.readString(home.resolve("swept/journal.jsonl"));
    }

    /** Not by SIGINT, which is ignored where the tests themselves run in the background of a shell. */
    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private Result vae(String line) throws Exception {
        return new VaeProcesses(home).run(List.of(line.split(" ")));
    }
}
