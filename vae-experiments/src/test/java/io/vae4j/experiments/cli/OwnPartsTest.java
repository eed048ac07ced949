package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.cli.VaeProcesses.Result;
import io.vae4j.experiments.data.Sha256;
import io.vae4j.experiments.plugin.BuiltPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin as users write one, examples/own-parts, from the command line. */
class OwnPartsTest {

    private static final Path RECIPE =
            Path.of("..").toAbsolutePath().normalize().resolve("examples/own-parts/my-vae.yaml");

    @TempDir
    private static Path home;

    private static Path jar;

    @BeforeAll
    static void train() throws Exception {
        jar = BuiltPlugin.ownParts(home);
        Result result = vae("train", RECIPE.toString(), "--epochs", "2", "--out", "own", "--plugin", jar.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("gratings: 1000 examples", "144-residual64x2-3, Laplace prior");
    }

    @Test
    void theRunIsLikeAnyOther() throws IOException {
        Path run = home.resolve("own");

        assertThat(run.resolve("report.html")).content().contains("|z|²", "continuous Bernoulli log-density");
        assertThat(run.resolve("metrics.jsonl")).content().contains("\"latent_norm\":");
        assertThat(run.resolve("images/samples-epoch-0002.png")).exists();
        assertThat(run.resolve("recipe.yaml")).content().contains("kind: laplace", "kind: gratings");
    }

    @Test
    void theFigureOfThePluginIsListedAndInTheReport() throws Exception {
        Result listed = vae("figure", "--list", "--plugin", jar.toString());

        assertThat(listed.out()).contains("code-sizes", "latent-plane");
        assertThat(home.resolve("own/figures/code-sizes.png")).exists();
        assertThat(home.resolve("own/report.html"))
                .content()
                .contains("How far from zero the codes lie", "After epoch 2.")
                .doesNotContain("After epoch 0.");
    }

    @Test
    void theMetricOfThePluginIsInTensorBoardsFilesAndInComparisons() throws Exception {
        Result compared = vae("report", "own", "own", "--out", "compared.html", "--plugin", jar.toString());
        StringBuilder events = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("own"), "**events.out.tfevents.*")) {
            for (Path file : files) {
                events.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(events).contains("latent_norm/train", "latent_norm/test");
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(home.resolve("compared.html")).content().contains("|z|²");
    }

    @Test
    void theRunRecordsThePluginsNameVersionAndChecksum() throws IOException {
        JsonNode plugins = new ObjectMapper()
                .readTree(home.resolve("own/manifest.json").toFile())
                .get("plugins");

        assertThat(plugins).hasSize(1);
        assertThat(plugins.get(0).get("name").asText()).isEqualTo("own-parts");
        assertThat(plugins.get(0).get("needed").asBoolean()).isTrue();
        assertThat(plugins.get(0).get("version").asText()).isEqualTo("1.0.0");
        assertThat(plugins.get(0).get("sha256").asText()).isEqualTo(Sha256.of(Files.readAllBytes(jar)));
    }

    @Test
    void whateverIsDoneWithTheRunNeedsThePluginAgain() throws Exception {
        for (String line : List.of("sample own", "evaluate own", "train --resume own --epochs 3")) {
            Result without = vae(line.split(" ", -1));

            assertThat(without.exitCode()).as(line).isEqualTo(2);
            assertThat(without.err().lines()).as(line).hasSize(1);
            assertThat(without.err()).contains("the run needs the plugin own-parts (1.0.0)", "--plugin");
        }
        Result sampled = vae("--plugin", jar.toString(), "sample", "own", "--count", "4");
        Result measured =
                vae("evaluate", "own", "--plugin", jar.toString(), "--samples", "20", "--images", "10", "--out", "e");

        assertThat(sampled.exitCode()).as(sampled.err()).isZero();
        assertThat(measured.exitCode()).as(measured.err()).isZero();
        assertThat(measured.out()).contains("code-norm: Mean |z|: ");
        double norm = new ObjectMapper()
                .readTree(home.resolve("e/evaluation.json").toFile())
                .at("/evaluations/code-norm/figures/mean/value")
                .asDouble();
        assertThat(norm).isBetween(0.01, 100.0);
    }

    @Test
    void theVariableNamesPluginsToo() throws Exception {
        Result result = new VaeProcesses(home).run(Map.of("VAE_PLUGINS", jar.toString()), List.of("recipes", "--keys"));

        assertThat(result.out())
                .contains("kind: laplace", "kind: renyi, such as {kind: renyi, alpha: 0.5, samples: 3}")
                .contains("kind: own-continuous-bernoulli", "kind: gratings");
    }

    @Test
    void whatIsNoPluginIsRefusedInOneLineAndNothingIsWritten() throws Exception {
        Path notes = Files.writeString(home.resolve("notes.jar"), "not a jar");
        Path twin = Files.createDirectories(home.resolve("twin")).resolve("own-parts.jar");
        Files.copy(jar, twin);
        Path throwing = BuiltPlugin.of(
                home,
                "throwing",
                "public final class Throwing implements io.vae4j.experiments.recipe.RecipeParts {"
                        + " public void register(Registry kinds) { throw new IllegalStateException(\"broken inside\"); } }",
                "io.vae4j.experiments.recipe.RecipeParts");
        Path failing = BuiltPlugin.of(
                home,
                "failing",
                "public final class Failing implements io.vae4j.experiments.recipe.RecipeParts {"
                        + " static { if (true) throw new IllegalStateException(\"cannot start\"); }"
                        + " public void register(Registry kinds) {} }",
                "io.vae4j.experiments.recipe.RecipeParts");
        Path again = BuiltPlugin.of(
                home,
                "again",
                "public final class Again implements io.vae4j.experiments.recipe.RecipeParts {"
                        + " public void register(Registry kinds) { kinds.add(io.vae4j.experiments.recipe.PriorSpec.class,"
                        + " \"vamp\", io.vae4j.experiments.recipe.PriorSpec.MixtureSpec.class); } }",
                "io.vae4j.experiments.recipe.RecipeParts");

        Path prohibited = BuiltPlugin.of(
                home.resolve("prohibited.jar"),
                Map.of(
                        "META-INF/services/io.vae4j.experiments.recipe.RecipeParts",
                        "java.own.Parts",
                        "java/own/Parts.class",
                        "Java's loader refuses the package, as it does classes under a broken signature"));

        refused("Prohibited package name", prohibited.toString());
        Path library = BuiltPlugin.of(home.resolve("library.jar"), Map.of("readme.txt", "a jar of something else"));
        refused("this jar is no plugin", library.toString());
        refused("there is no such plugin", "nowhere.jar");
        refused("cannot be read", notes.toString());
        refused("two plugins have the name own-parts", jar.toString(), twin.toString());
        refused("broken inside", throwing.toString());
        refused("cannot start", failing.toString());
        refused("there is already a kind 'vamp'", again.toString());
        assertThat(home.resolve("bad")).doesNotExist();
    }

    @Test
    void theSameJarByTheVariableAndByTheCommandLineIsOnePlugin() throws Exception {
        Result result = new VaeProcesses(home)
                .run(Map.of("VAE_PLUGINS", jar.toString()), List.of("recipes", "--plugin", "./own-parts.jar"));

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void aPluginOfWhichTheRecipeNamesNothingIsRecordedAndNotNeeded() throws Exception {
        Path pictures = Path.of(getClass().getResource("/pictures/classes").toURI());
        List<String> arguments = List.of(
                "train",
                "vae",
                "--data",
                pictures.toString(),
                "--epochs",
                "1",
                "--out",
                "plain",
                "--device",
                "cpu",
                "--set",
                "model.network.hidden=[4]");
        Result trained = new VaeProcesses(home).run(Map.of("VAE_PLUGINS", jar.toString()), arguments);
        Result sampled = vae("sample", "plain", "--count", "4");
        JsonNode plugins = new ObjectMapper()
                .readTree(home.resolve("plain/manifest.json").toFile())
                .get("plugins");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(plugins.get(0).get("name").asText()).isEqualTo("own-parts");
        assertThat(plugins.get(0).get("needed").asBoolean(true)).isFalse();
        assertThat(home.resolve("plain/metrics.jsonl")).content().contains("latent_norm");
        assertThat(sampled.exitCode()).as(sampled.err()).isZero();
    }

    @Test
    void aFigureThatFailsCostsNeitherTheRunNorTheOtherFigures() throws Exception {
        Path broken = BuiltPlugin.of(
                home,
                "broken",
                "import io.vae4j.experiments.figure.*; import java.util.*;"
                        + " public final class Broken implements FigureProvider {"
                        + " public List<Figure> figures() { return List.of(new RunFigure() {"
                        + " public String name() { return \"broken\"; } public String summary() { return \"\"; }"
                        + " public Effort effort() { return Effort.QUICK; }"
                        + " public Optional<String> incompatibility(Subject run) { return Optional.empty(); }"
                        + " public Part part(Subject run, FigureOptions options) {"
                        + " throw new NullPointerException(\"nothing there\"); } }); } }",
                "io.vae4j.experiments.figure.FigureProvider");
        Path pictures = Path.of(getClass().getResource("/pictures/classes").toURI());
        Result trained = vae(
                "train",
                "vae",
                "--data",
                pictures.toString(),
                "--epochs",
                "1",
                "--out",
                "drawn",
                "--plugin",
                broken.toString());

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err())
                .contains("a figure was not drawn: broken: java.lang.NullPointerException: nothing there");
        assertThat(trained.out().strip()).endsWith("drawn");
        assertThat(home.resolve("drawn/figures/traversal.png")).exists();
    }

    @Test
    void theShellKnowsTheClassesAndKindsOfPlugins() throws Exception {
        Result shell =
                new VaeProcesses(home).fed("""
                        import org.example.parts.*;
                        System.out.println("given: " + new LaplacePrior(3).getClass().getSimpleName());
                        System.out.println("on " + manager.ones(new Shape(2, 3)).sum().getFloat());
                        System.out.println(Recipes.find("vae", List.of("model.prior=laplace")).model().title(784));
                        /exit
                        """, List.of("--plugin", jar.toString(), "jshell", "--device", "cpu"));

        assertThat(shell.exitCode()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("given: LaplacePrior", "on 6.0", "Laplace prior");
    }

    @ParameterizedTest
    @CsvSource({"old-family, true, Head.old()", "old-constructor, false, KeyChecks.old()"})
    void aPluginForAnotherVersionIsToldInOneLineWhenItFails(String name, boolean constructed, String missing)
            throws Exception {
        Path outdated = BuiltPlugin.of(
                home,
                name,
                "public final class Outdated implements io.vae4j.experiments.recipe.RecipeParts {"
                        + " public record Spec() implements io.vae4j.experiments.recipe.LikelihoodSpec {"
                        + " public Spec { if (!" + constructed + ") throw new NoSuchMethodError(\"KeyChecks.old()\"); }"
                        + " public io.vae4j.core.model.Family<?> family(ai.djl.ndarray.types.Shape event,"
                        + " io.vae4j.models.family.Head head) { throw new NoSuchMethodError(\"Head.old()\"); } }"
                        + " public void register(Registry kinds) {"
                        + " kinds.add(io.vae4j.experiments.recipe.LikelihoodSpec.class, \"outdated\", Spec.class); } }",
                "io.vae4j.experiments.recipe.RecipeParts");
        Result result = vae("train", "vae", "--set", "model.likelihood=outdated", "--plugin", outdated.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("does not go with this version", missing, name + ".jar");
    }

    @Test
    void withoutMemoryACommandSaysWhatToDo() throws Exception {
        Path greedy = BuiltPlugin.of(
                home,
                "greedy",
                "public final class Greedy implements io.vae4j.experiments.recipe.RecipeParts {"
                        + " public void register(Registry kinds) { throw new OutOfMemoryError(\"Java heap space\"); } }",
                "io.vae4j.experiments.recipe.RecipeParts");
        Result result = vae("recipes", "--keys", "--plugin", greedy.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().strip())
                .isEqualTo("vae: Java ran out of memory (Java heap space); give it more, as by VAE_JAVA_OPTS=-Xmx8g");
    }

    private static void refused(String reason, String... jars) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("train", "--out", "bad"));
        for (String plugin : jars) {
            arguments.addAll(List.of("--plugin", plugin));
        }
        Result result = vae(arguments.toArray(String[]::new));

        assertThat(result.exitCode()).as(reason).isEqualTo(2);
        assertThat(result.err().lines()).as(reason).hasSize(1);
        assertThat(result.err()).contains(reason);
    }

    private static Result vae(String... arguments) throws Exception {
        return new VaeProcesses(home).run(List.of(arguments));
    }
}
