package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done with a run once it is trained, on real MNIST: evaluate, sample, classify. */
class TrainedRunTest {

    @TempDir
    private static Path home;

    @BeforeAll
    static void train() throws Exception {
        for (String recipe : List.of("cvae", "ae")) {
            Result trained = vae("train " + recipe + " --epochs 1 --out " + recipe
                    + " --set model.network.hidden=[16] --set model.latent=2 --set train.batch=1000");
            assertThat(trained.exitCode()).as(trained.err()).isZero();
        }
    }

    @Test
    void evaluationIsATableAndAFileWithTheKeysOfTheContract() throws Exception {
        Result result = vae("evaluate cvae cvae --samples 30 --images 40");
        JsonNode json =
                new ObjectMapper().readTree(home.resolve("cvae/evaluation.json").toFile());

        assertThat(result.exitCode()).as(result.err()).isZero();
        List<String> lines = result.out().lines().toList();
        assertThat(lines.subList(lines.size() - 2, lines.size()))
                .allMatch(row -> row.contains("0.00 (0.00)") && row.contains("cvae: "));
        assertThat(json.fieldNames())
                .toIterable()
                .contains("nll", "nll_se", "ess", "active_units", "kl_per_layer", "samples", "images", "seed");
        JsonNode interval = json.at("/evaluations/nll-interval/figures/nll");
        assertThat(interval.get("value")).isEqualTo(json.get("nll"));
        assertThat(interval.at("/interval/upper").asDouble()
                        - interval.at("/interval/lower").asDouble())
                .isCloseTo(2 * 1.96 * json.get("nll_se").asDouble(), withinPercentage(15));
        assertThat(json.at("/evaluations/pareto-k/figures/median/value").asDouble())
                .isBetween(-1.0, 5.0);
        assertThat(lines).anyMatch(line -> line.startsWith("cvae: pareto-k: Median Pareto k: "));
        assertThat(json.get("note").asText()).isEqualTo("given the class: -log p(x|c)");
        assertThat(json.get("likelihood").asText()).isEqualTo("Bernoulli log-likelihood given the class");
        assertThat(json.get("nll").asDouble()).isLessThan(-json.get("elbo").asDouble());
        assertThat(json.get("ess").asDouble()).isBetween(1.0, 30.0);
        assertThat(-json.get("elbo").asDouble())
                .isCloseTo(
                        json.get("reconstruction").asDouble()
                                + json.get("kl_per_layer").get(0).asDouble(),
                        within(2.0));
        assertThat(Files.readString(home.resolve("cvae/report.html")))
                .contains(
                        "K = 30, 40 examples, after epoch 1",
                        "Median Pareto k",
                        "<dd>elbo, beta 1, samples 1",
                        "does not apply: log p(x)",
                        "given the class: -log p(x|c)");
    }

    /** AIS takes minutes: a later look at something else must not throw its figures away. */
    @Test
    void whatAnEarlierEvaluationOfTheSameExamplesFoundIsKept() throws Exception {
        String again = "evaluate cvae --samples 2 --images 3 --out kept";
        Result first = vae(again + " --with ais --set ais.images=2 --set ais.chains=2 --set ais.temperatures=3");
        vae(again);
        JsonNode same =
                new ObjectMapper().readTree(home.resolve("kept/evaluation.json").toFile());
        vae(again + " --seed 1");
        JsonNode others =
                new ObjectMapper().readTree(home.resolve("kept/evaluation.json").toFile());

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(same.at("/evaluations/ais/figures/nll/value").isNumber()).isTrue();
        assertThat(others.at("/evaluations").has("ais")).isFalse();
        assertThat(others.at("/evaluations").has("nll-interval")).isTrue();
    }

    @Test
    void dataOfAnotherShapeAreRefusedByWhateverMeasuresARun() throws Exception {
        Path squares = Path.of("src/test/resources/npz/bytes.npz").toAbsolutePath();
        for (String command :
                List.of("evaluate cvae", "classify cvae", "gradients cvae", "train --resume cvae --epochs 2")) {
            Result result = vae(command + " --data " + squares);

            assertThat(result.exitCode()).as(command + ": " + result.err()).isEqualTo(2);
            assertThat(result.err()).as(command).contains("and the run was trained on (1, 28, 28)");
        }
    }

    @Test
    void samplesAreAPictureAndTensors() throws Exception {
        Result result = vae("sample cvae --condition 2 --count 5 --out twos");
        BufferedImage picture = ImageIO.read(home.resolve("twos/samples.png").toFile());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().strip())
                .isEqualTo(Path.of("twos", "samples.png").toString());
        assertThat(picture.getWidth()).isEqualTo(3 * 29 + 1);
        assertThat(picture.getHeight()).isEqualTo(2 * 29 + 1);
        assertThat(home.resolve("twos/samples.safetensors")).isNotEmptyFile();
    }

    @Test
    void theClassifierKnowsRealDigitsAndIsAskedAboutEachClass() throws Exception {
        List<String> lines = vae("recognise cvae --count 20").out().lines().toList();

        assertThat(lines).hasSize(12);
        double accuracy = Double.parseDouble(lines.get(0).replaceAll(".*?([0-9.]+) % recognized.*", "$1"));
        assertThat(accuracy).isGreaterThan(97);
        assertThat(lines.get(11)).startsWith("asked for 9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evaluate no-such-run             | no-such-run",
                "evaluate                         | RUN",
                "evaluate cvae --samples 0        | --samples is 0",
                "evaluate cvae --images 0         | --examples is 0",
                "evaluate cvae ae --out elsewhere | one by one",
                "evaluate cvae --with nonsense    | there is no evaluation nonsense",
                "evaluate cvae --set pareto-k.x=1 | pareto-k has no settings",
                "evaluate ae                      | point mass",
                "evaluate cvae --out cvae/recipe.yaml | this is a file",
                "sample cvae --out cvae/recipe.yaml/x | this is a file",
                "recipes vae --keys               | leave RECIPE",
                "train --epochs 3000000000        | too large",
                "report cvae ae --out cvae        | this is a folder",
                "gradients ae                     | at any z",
                "sample no-such-run               | no-such-run",
                "sample cvae --count 0            | --count is 0",
                "sample cvae --condition 10       | by number",
                "sample ae --condition 2          | no condition",
                "classify cvae --count 0         | --count is 0",
            })
    void wrongInputIsOneLineAndExitCodeTwo(String arguments, String named) throws Exception {
        Result result = vae(arguments);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1).allMatch(line -> line.contains(named));
    }

    private static Result vae(String arguments) throws IOException, InterruptedException {
        return new VaeProcesses(home).run(List.of(arguments.split(" ", -1)));
    }
}
