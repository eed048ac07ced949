package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Data that the project makes, from the command line: trained on, evaluated, shown where they are images, and refused.
 */
class GeneratedDataTest {

    private static final List<String> SMALL_GRID =
            List.of("--set", "data.set={kind: shapes, size: 16, scales: 2, orientations: 2, positions: 4}");

    @TempDir
    private Path home;

    @Test
    void pointsAreTrainedOnAndSampledWithoutPictures() throws Exception {
        Result trained = train("toy", "--set", "data.set.shape=two-moons", "--set", "data.set.train=500");
        Result evaluated = vae("evaluate", "run", "--samples", "10", "--examples", "20");
        Result sampled = vae("sample", "run", "--count", "5");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err())
                .contains(
                        "toy: 500 examples to train on", "of shape (2), in 2 classes", "there are no grids of images");
        assertThat(home.resolve("run/manifest.json"))
                .content()
                .contains("generated: ToySource[shape=TwoMoons[noise=0.1], train=500", "version 1 of the generator")
                .containsPattern("\"train\" ?: ?\"[0-9a-f]{64}\"");
        assertThat(home.resolve("run/images")).doesNotExist();
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err()).contains("20 of 20 examples").doesNotContain("other data");
        assertThat(sampled.exitCode()).as(sampled.err()).isZero();
        assertThat(home.resolve("run/samples/samples.safetensors")).exists();
    }

    @Test
    void spritesAreTrainedOnAndShown() throws Exception {
        Result trained =
                train("shapes-beta-vae", SMALL_GRID.get(0), SMALL_GRID.get(1), "--set", "model.network.hidden=[8]");
        Result evaluated = vae("evaluate", "run", "--samples", "10", "--examples", "5");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("shapes: 173 examples to train on and 19 to test on, of shape (1, 16, 16)");
        assertThat(home.resolve("run/images/reconstructions-epoch-0001.png")).exists();
        assertThat(home.resolve("run/manifest.json")).content().contains("\"BINARY\"", "generated: ShapesSource[");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err()).doesNotContain("other data");
    }

    @ParameterizedTest
    @CsvSource({
        "toy, data.set.shape=spiral, unknown kind 'spiral'",
        "shapes-beta-vae, data.set.size=0, data.set.size is 0",
        "shapes-beta-vae, 'data.set={kind: shapes, scales: 100, orientations: 360, positions: 33}', a grid of 117612000"
    })
    void whatCannotBeMadeIsOneLineAndNothingIsWritten(String recipe, String override, String fault) throws Exception {
        Result result = train(recipe, "--set", override);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("vae: ").hasLineCount(1).contains(fault);
        assertThat(home).isEmptyDirectory();
    }

    private Result train(String recipe, String... more) throws Exception {
        List<String> all =
                new ArrayList<>(List.of("train", recipe, "--out", "run", "--epochs", "1", "--device", "cpu"));
        all.addAll(List.of(more));
        return vae(all.toArray(String[]::new));
    }

    private Result vae(String... arguments) throws Exception {
        return new VaeProcesses(home).run(List.of(arguments));
    }
}
