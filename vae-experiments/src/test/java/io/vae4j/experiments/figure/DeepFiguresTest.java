package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.ImagePanel;
import io.vae4j.experiments.drawing.ImageTiles;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.Small;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures of models with several layers, in either order of inference, and of discrete latents. */
class DeepFiguresTest {

    private static final Shape BARS = new Shape(1, Small.SIDE, Small.SIDE);
    private static final Offset<Float> LEVEL = within(0.51f / 255);

    @TempDir
    private static Path home;

    private static final Map<String, Subject> RUNS = new HashMap<>();

    @BeforeAll
    static void train() throws IOException {
        for (String inference : List.of("top-down", "bottom-up")) {
            Recipe deep = Recipes.find(
                    "deep-vae",
                    List.of(
                            "model.layers=[{hidden: [12], latent: 4}, {hidden: [12], latent: 3}, {hidden: [12], latent: 2}]",
                            "model.inference=" + inference,
                            "model.posterior=precision-weighting",
                            "model.path=latents",
                            "model.connection=plain",
                            "train.batch=32",
                            "train.epochs=4"));
            RUNS.put(inference, SmallRuns.trained(home, inference, deep, Small.data()));
        }
        Recipe quantized = Recipes.find(
                "vq-vae",
                List.of(
                        "model.channels=[4, 8]",
                        "model.codebook={count: 8, dimensions: 4}",
                        "model.prior={kind: uniform}",
                        "train.batch=32",
                        "train.epochs=2"));
        RUNS.put("vq", SmallRuns.trained(home, "vq", quantized, Small.squares(128, 40)));
    }

    @AfterAll
    static void close() {
        RUNS.values().forEach(SmallRuns::close);
    }

    @ParameterizedTest
    @CsvSource({
        "layers, top-down",
        "layers, bottom-up",
        "interpolation, top-down",
        "interpolation, bottom-up",
        "codes, vq"
    })
    void equalOptionsGiveEqualDrawings(String name, String run) throws Exception {
        SmallRuns.assertSameWhenDrawnAgain(Figures.named(name), named(run));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interpolation | vq       | between which there is nothing",
                "traversal     | vq       | between which there is nothing",
                "traversal     | top-down | several stochastic layers",
                "codes         | top-down | no codes",
                "layers        | vq       | one stochastic layer",
                "manifold      | top-down | 2 latent dimensions",
            })
    void whatDoesNotApplyIsRefusedWithItsReason(String figure, String run, String reason) {
        assertThat(Figures.named(figure).incompatibility(List.of(named(run))))
                .hasValueSatisfying(text -> assertThat(text).contains(reason, ";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top-down", "bottom-up"})
    void whereNoLayerIsKeptImagesAreSamplesOfTheModel(String inference) throws Exception {
        Subject run = named(inference);
        ImagePanel panel = (ImagePanel)
                new LayerResampling().part(run, SmallRuns.chosen(5)).panels().get(0);
        ImageTiles images = SmallRuns.images(home, panel, BARS);

        assertThat(panel.rows()).containsExactly("h3 and below", "h2 and below", "h1");
        assertThat(images.columns()).isEqualTo(10);
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch example = ChosenExamples.batch(run, scratch, List.of(5), 0);
            float[] samples =
                    run.trained().sample(scratch, 8, Condition.none(), 0).toFloatArray();
            float[] reconstructed =
                    run.trained().reconstruct(example.x(), Condition.none()).toFloatArray();
            for (int row = 0; row < 3; row++) {
                assertThat(images.image(10 * row)).containsExactly(example.x().toFloatArray(), LEVEL);
                assertThat(images.image(10 * row + 1)).containsExactly(reconstructed, LEVEL);
            }
            for (int i = 0; i < 8; i++) {
                int size = reconstructed.length;
                assertThat(images.image(2 + i))
                        .containsExactly(Arrays.copyOfRange(samples, i * size, (i + 1) * size), LEVEL);
            }
        }
    }

    @Test
    void theColorsOfAMapAreThoseOfTheCodes() throws Exception {
        Subject run = named("vq");
        ImagePanel panel = (ImagePanel)
                new CodeMaps().part(run, SmallRuns.chosen(3, 4)).panels().get(0);
        ImageTiles images = SmallRuns.images(home, panel, new Shape(3, 28, 28));

        assertThat(panel.rows()).containsExactly("input", "codes", "decoded");
        long[] codes = codes(run, 3, 5);
        for (int image = 0; image < 2; image++) {
            float[] map = images.image(2 + image);
            for (int position = 0; position < 49; position++) {
                // the middle of a field of 4 x 4 pixels
                int pixel = (4 * (position / 7) + 2) * 28 + 4 * (position % 7) + 2;
                float[] color = {map[pixel], map[28 * 28 + pixel], map[2 * 28 * 28 + pixel]};
                assertThat(color).containsExactly(CodeColors.color(codes[49 * image + position]), LEVEL);
            }
        }
    }

    @Test
    void noTwoCodesOfALargeCodebookHaveOneColor() {
        assertThat(IntStream.range(0, 512)
                        .mapToObj(code -> Arrays.toString(CodeColors.color(code)))
                        .distinct())
                .hasSizeGreaterThan(500);
    }

    @Test
    void theChartCountsEveryPositionOnce() {
        Subject run = named("vq");
        BarChart chart = (BarChart)
                new CodeMaps().part(run, FigureOptions.defaults()).panels().get(1);
        long[] codes = codes(run, 0, 40);
        Map<String, Double> expected = new HashMap<>();
        for (long code : codes) {
            expected.merge(Long.toString(code), 1.0 / codes.length, Double::sum);
        }

        assertThat(chart.bars())
                .hasSameSizeAs(expected.keySet())
                .isSortedAccordingTo((a, b) -> Double.compare(b.value(), a.value()));
        assertThat(chart.bars())
                .allSatisfy(bar -> assertThat(bar.value()).isCloseTo(expected.get(bar.label()), within(1e-9)));
    }

    private static Subject named(String run) {
        return Objects.requireNonNull(RUNS.get(run));
    }

    private static long[] codes(Subject run, int from, int to) {
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch examples = ChosenExamples.batch(
                    run, scratch, IntStream.range(from, to).boxed().toList(), 0);
            return run.trained()
                    .model()
                    .boundTerms(run.trained().evaluation(scratch, 0, 0), examples.x(), Condition.none(), 1)
                    .layers()
                    .get(0)
                    .inference()
                    .sample()
                    .codes()
                    .orElseThrow()
                    .toLongArray();
        }
    }
}
