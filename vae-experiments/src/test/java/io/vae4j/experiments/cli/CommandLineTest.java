package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as scripts see it: real processes, exit codes, standard output and standard error, real MNIST. */
class CommandLineTest {

    /** A network small enough to train within a second per epoch. */
    private static final List<String> QUICK =
            List.of("--set", "model.network.hidden=[8]", "--set", "model.latent=2", "--set", "train.batch=1000");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "train --help", "recipes --help", "doctor --help", "report --help", "--version"})
    void helpIsOnStandardOutput(String arguments) throws Exception {
        Result result = vae(List.of(arguments.split(" ", -1)));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("vae");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train no-such-recipe",
                "train --set model.latnet=3",
                "train --epochs ten",
                "train --epochs 0",
                "train --device toaster",
                "train --no-such-flag",
                "train --resume no-such-run",
                "train vae --resume no-such-run",
                "report no-such-run",
                "train --data-dir no-such-folder",
                "no-such-command"
            })
    void wrongInputIsOneLineAndExitCodeTwo(String arguments) throws Exception {
        Result result = vae(List.of(arguments.split(" ", -1)));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("vae: ").hasLineCount(1);
        assertThat(home).isDirectoryNotContaining(entry -> !entry.endsWith("runs") || !isEmpty(entry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recognise no-such-run", "--verbose recognise no-such-run"})
    void aCommandAnswersToTheNameThatItOnceHadWhereverItStands(String arguments) throws Exception {
        assertThat(vae(List.of(arguments.split(" ", -1))).err())
                .contains("no-such-run")
                .doesNotContain("recognise");
        assertThat(vae(List.of("--help")).out()).doesNotContain("recognise");
    }

    @Test
    void withoutJShellTheCommandSaysThatAJdkIsNeeded() throws Exception {
        Result result = new VaeProcesses(home)
                .run(
                        Map.of("JDK_JAVA_OPTIONS", "--limit-modules java.se,jdk.unsupported"),
                        List.of("jshell", "--device", "cpu"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("vae: this Java has no jshell", "start ./vae with a JDK");
    }

    @Test
    void recipesAreListedAndPrinted() throws Exception {
        assertThat(vae(List.of("recipes")).out()).contains("slides").contains("(default)");
        assertThat(vae(List.of("recipes", "vae")).out()).contains("kind: vae").contains("dynamic-binarization");
    }

    @Test
    void trainingEndsWithTheRunFolderOnStandardOutputAndGoesOnFromThere() throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("train", "vae", "--epochs", "1", "--out", "my run", "--device", "cpu"));
        arguments.addAll(QUICK);
        Result trained = vae(arguments);
        Result again = vae(arguments);
        Result resumed = vae(List.of("train", "--resume", "my run", "--epochs", "2"));
        Result report = vae(List.of("report", "my run"));

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out().strip()).isEqualTo("my run");
        assertThat(trained.err()).contains("epoch 1/1").contains("nats/example");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("not empty");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(home.resolve("my run/metrics.jsonl"))).hasSize(4);
        assertThat(report.out().strip()).endsWith("report.html");
        assertThat(Files.readString(home.resolve("my run/manifest.json"))).contains("\"isLikelihood\" : true");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no kill there")
    void anInterruptedRunSaysHowToGoOnAndCanGoOn(String signal, int exitCode) throws Exception {
        Assumptions.assumeTrue(reaches(signal), "a background shell started this build with " + signal + " ignored");
        List<String> arguments = new ArrayList<>(List.of("train", "--epochs", "1000", "--out", "run"));
        arguments.addAll(QUICK);
        VaeProcesses processes = new VaeProcesses(home);
        Process process = processes.start(arguments);
        Path first = home.resolve("run/checkpoints/epoch-0001/state.json");
        for (int i = 0; i < 600 && !Files.exists(first); i++) {
            Thread.sleep(100);
        }
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        Result result = processes.await(process);

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.err()).contains("--resume run");
        int done = Files.readAllLines(home.resolve("run/metrics.jsonl")).size() / 2;
        assertThat(vae(List.of("train", "--resume", "run", "--epochs", String.valueOf(done + 1)))
                        .exitCode())
                .isZero();
    }

    private static boolean isEmpty(Path folder) {
        String[] entries = folder.toFile().list();
        return entries != null && entries.length == 0;
    }

    /** Shells start background jobs with SIGINT ignored, and their children inherit that. */
    private static boolean reaches(String signal) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "kill -" + signal + " $$; exit 0").start();
        return shell.waitFor() != 0;
    }

    private Result vae(List<String> arguments) throws IOException, InterruptedException {
        return new VaeProcesses(home).run(arguments);
    }
}
