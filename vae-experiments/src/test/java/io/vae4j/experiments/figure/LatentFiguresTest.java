package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.ImagePanel;
import io.vae4j.experiments.drawing.ImageTiles;
import io.vae4j.experiments.evaluation.DimensionKl;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.Small;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures of models with one layer of continuous latents, two of them. */
class LatentFiguresTest {

    private static final Shape EVENT = new Shape(1, Small.SIDE, Small.SIDE);
    private static final Offset<Float> LEVEL = within(0.51f / 255);

    @TempDir
    private static Path home;

    private static Subject vae;
    private static Subject cvae;
    private static Subject ae;

    @BeforeAll
    static void train() throws IOException {
        vae = SmallRuns.trained(home, "a-vae", Small.recipe("vae", 5), Small.data());
        cvae = SmallRuns.trained(home, "a-cvae", Small.recipe("cvae", 5), Small.data());
        ae = SmallRuns.trained(home, "an-ae", Small.recipe("ae", 5), Small.data());
    }

    @AfterAll
    static void close() {
        List.of(vae, cvae, ae).forEach(SmallRuns::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latent-plane", "manifold", "interpolation", "traversal", "attributes", "epochs"})
    void equalOptionsGiveEqualDrawings(String name) throws Exception {
        SmallRuns.assertSameWhenDrawnAgain(Figures.named(name), vae);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifold",
                "interpolation",
                "traversal",
                "attributes",
                "epochs",
                "condition-grid",
                "one-class",
                "latent-plane"
            })
    void aConditionalModelIsDrawnGivenItsClasses(String name) throws Exception {
        SmallRuns.assertSameWhenDrawnAgain(Figures.named(name), cvae);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "manifold       | an-ae  | autoencoder has no prior",
                "traversal      | an-ae  | no sum over latent dimensions",
                "condition-grid | a-vae  | without a condition",
                "one-class      | a-vae  | without a condition",
                "codes          | a-vae  | no codes",
                "layers         | a-vae  | one stochastic layer",
            })
    void whatDoesNotApplyIsRefusedWithItsReason(String figure, String run, String reason) {
        Subject subject = List.of(vae, cvae, ae).stream()
                .filter(each -> each.name().equals(run))
                .findFirst()
                .orElseThrow();

        assertThat(Figures.named(figure).incompatibility(List.of(subject)))
                .hasValueSatisfying(text -> assertThat(text).startsWith(run).contains(reason, ";", "such as"));
    }

    /** A folder of faces has one class, and nothing to go from class to class of. */
    @Test
    void examplesOfOneClassAreInterpolatedAmongThemselves() {
        Examples test = Small.data().test();
        Labels same = Labels.numbered(2, new int[test.count()]);
        Examples alike = new Examples(test.values(), same);
        Dataset faces = Small.data("faces", alike, alike);
        try (Subject run = new Subject(vae.folder(), vae.trained(), () -> faces)) {
            Drawing drawing = new Interpolation().draw(List.of(run), FigureOptions.defaults());

            assertThat(drawing.caption()).contains("pixels change by");
        }
    }

    @Test
    void theManifoldDecodesQuantilesOfThePrior() throws Exception {
        ImageTiles images = images(new Manifold(), vae, FigureOptions.defaults());
        float outermost = (float) new NormalDistribution().inverseCumulativeProbability(14.5 / 15);

        assertThat(images.image(7 * 15 + 7)).containsExactly(decoded(vae, Condition.none(), 0, 0), LEVEL);
        assertThat(images.image(14)).containsExactly(decoded(vae, Condition.none(), outermost, outermost), LEVEL);
        assertThat(images.image(0)).containsExactly(decoded(vae, Condition.none(), -outermost, outermost), LEVEL);
    }

    @Test
    void anInterpolationGoesFromOneReconstructionToTheOther() throws Exception {
        ImagePanel panel = panel(new Interpolation(), ae, SmallRuns.chosen(2, 7));
        ImageTiles images = SmallRuns.images(home, panel, EVENT);

        assertThat(panel.rows()).containsExactly("2 to 1");
        try (NDManager scratch = ae.trained().newManager()) {
            Minibatch ends = ChosenExamples.batch(ae, scratch, List.of(2, 7), 0);
            NDArray codes = ae.trained().encode(ends.x(), Condition.none());
            float[] z = codes.mean(new int[] {0}).toFloatArray();
            NDArray reconstructed = ae.trained().reconstruct(ends.x(), Condition.none());

            assertThat(images.image(0)).containsExactly(ends.x().get("0").toFloatArray(), LEVEL);
            assertThat(images.image(1)).containsExactly(reconstructed.get("0").toFloatArray(), LEVEL);
            assertThat(images.image(5)).containsExactly(decoded(ae, Condition.none(), z[0], z[1]), LEVEL);
            assertThat(images.image(9)).containsExactly(reconstructed.get("1").toFloatArray(), LEVEL);
            assertThat(images.image(10)).containsExactly(ends.x().get("1").toFloatArray(), LEVEL);
        }
    }

    @Test
    void unlessTheyAreChosenTheEndsAreOfTwoClassesOrOfOneThatIsGiven() {
        assertThat(panel(new Interpolation(), vae, FigureOptions.defaults()).rows())
                .containsExactly("0 to 1", "2 to 3", "4 to 5", "0 to 1");
        assertThat(panel(new Interpolation(), cvae, FigureOptions.defaults()).rows())
                .containsExactly("0 to 0", "1 to 1", "2 to 2", "3 to 3");
    }

    @Test
    void pairsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> panel(new Interpolation(), vae, SmallRuns.chosen(1, 2, 3)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no pairs");
        assertThatThrownBy(() -> panel(new Interpolation(), vae, SmallRuns.chosen(1, 60)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("from 0 to 59");
        assertThatThrownBy(() -> panel(new Interpolation(), cvae, SmallRuns.chosen(1, 2)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("two of one class");
    }

    @Test
    void theKlOfADimensionIsThatOfTwoNormals() {
        DimensionKl kl = DimensionKl.of(vae.evaluator(), 20, 0).orElseThrow();
        double[] sums = new double[2];
        try (NDManager scratch = vae.trained().newManager()) {
            Minibatch examples = vae.examples(scratch, 0, 20, 0);
            DiagonalNormal q = (DiagonalNormal) vae.trained()
                    .model()
                    .boundTerms(vae.trained().evaluation(scratch, 0, 0), examples.x(), Condition.none(), 1)
                    .layers()
                    .get(0)
                    .inference()
                    .posterior()
                    .density()
                    .orElseThrow();
            float[] loc = q.loc().toFloatArray();
            float[] logScale = q.logScale().toFloatArray();
            for (int i = 0; i < loc.length; i++) {
                // Kingma and Welling 2014, appendix B
                sums[i % 2] += -0.5 * (1 + 2 * logScale[i] - loc[i] * loc[i] - Math.exp(2 * logScale[i]));
            }
        }

        assertThat(kl.nats()).hasSize(2);
        assertThat(kl.nats().get(0)).isCloseTo(sums[0] / 20, within(1e-4));
        assertThat(kl.nats().get(1)).isCloseTo(sums[1] / 20, within(1e-4));
        assertThat(kl.nats().get(kl.ranked().get(0)))
                .isGreaterThan(kl.nats().get(kl.ranked().get(1)));
        assertThat(new DimensionKl(List.of(1.0, 3.0, 2.0)).ranked()).containsExactly(1, 2, 0);
    }

    @Test
    void aTraversalMovesOneDimensionOfACode() throws Exception {
        ImageTiles images = images(new Traversal(), vae, SmallRuns.chosen(4));
        int first = DimensionKl.of(vae.evaluator(), vae.count(), 0)
                .orElseThrow()
                .ranked()
                .get(0);
        try (NDManager scratch = vae.trained().newManager()) {
            Minibatch example = ChosenExamples.batch(vae, scratch, List.of(4), 0);
            float[] code = vae.trained().encode(example.x(), Condition.none()).toFloatArray();
            float[] lowest = code.clone();
            lowest[first] = -2.5f;
            float[] second = code.clone();
            second[1 - first] = 1;

            assertThat(images.image(0)).containsExactly(example.x().toFloatArray(), LEVEL);
            assertThat(images.image(1)).containsExactly(decoded(vae, Condition.none(), lowest[0], lowest[1]), LEVEL);
            assertThat(images.image(12 + 8))
                    .containsExactly(decoded(vae, Condition.none(), second[0], second[1]), LEVEL);
        }
    }

    @Test
    void aColumnOfTheConditionGridIsOneLatentUnderEveryClass() throws Exception {
        ImageTiles images = images(new ConditionGrid(), cvae, FigureOptions.defaults());
        try (NDManager scratch = cvae.trained().newManager()) {
            float[] z = cvae.trained()
                    .sampling(scratch, 0, 0)
                    .noise()
                    .normal(new Shape(10, 1, 2), scratch.zeros(new Shape(1)))
                    .toFloatArray();
            for (int place : new int[] {0, 9, 34, 99}) {
                int column = place % 10;
                Condition c = oneHot(scratch, place / 10);
                assertThat(images.image(place))
                        .containsExactly(decoded(cvae, c, z[2 * column], z[2 * column + 1]), LEVEL);
            }
        }
    }

    @Test
    void onlyTheClassThatIsAskedForIsDrawn() throws Exception {
        ImageTiles grid = images(new ConditionGrid(), cvae, FigureOptions.defaults());
        FigureOptions defaults = FigureOptions.defaults();
        FigureOptions three =
                new FigureOptions(0, defaults.examples(), OptionalInt.of(10), List.of(), Optional.of("3"));
        ImageTiles threes = images(new OneClass(), cvae, three);

        for (int i = 0; i < 10; i++) {
            assertThat(threes.image(i)).isEqualTo(grid.image(30 + i));
        }
        FigureOptions unknown =
                new FigureOptions(0, defaults.examples(), defaults.samples(), List.of(), Optional.of("eleven"));
        assertThatThrownBy(() -> new OneClass().part(cvae, unknown))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("was not trained with this class");
    }

    @Test
    void epochsShowWhatTrainingKept() throws Exception {
        RunFigure.Part part = new EpochImages().part(vae, FigureOptions.defaults());
        ImagePanel reconstructions = (ImagePanel) part.panels().get(0);
        ImagePanel samples = (ImagePanel) part.panels().get(1);
        ImageTiles kept =
                ImageTiles.read(vae.folder().image("samples-epoch-0005"), EVENT).orElseThrow();

        assertThat(reconstructions.rows()).containsExactly("test images", "epoch 1", "epoch 5");
        assertThat(samples.rows()).containsExactly("epoch 1", "epoch 5");
        assertThat(SmallRuns.images(home, samples, EVENT).image(12 + 9)).isEqualTo(kept.image(9));
    }

    @Test
    void withoutPicturesOfEpochsThereIsNothingToShow() throws Exception {
        Subject bare = SmallRuns.trained(home, "bare", Small.recipe("vae", 1), Small.data());
        Files.delete(bare.folder().image("samples-epoch-0001"));

        assertThat(new EpochImages().incompatibility(bare))
                .hasValueSatisfying(text -> assertThat(text).contains("figureEpochs"));
        SmallRuns.close(bare);
    }

    private static ImagePanel panel(RunFigure figure, Subject run, FigureOptions options) {
        List<Object> panels = new ArrayList<>(figure.part(run, options).panels());
        return (ImagePanel) panels.get(0);
    }

    private static ImageTiles images(RunFigure figure, Subject run, FigureOptions options) throws IOException {
        return SmallRuns.images(home, panel(figure, run, options), EVENT);
    }

    private static Condition oneHot(NDManager owner, int label) {
        float[] values = new float[10];
        values[label] = 1;
        return Condition.given(owner.create(values, new Shape(1, 10)).toType(DataType.FLOAT32, true));
    }

    /** The mean of p(x|z) for one z. */
    private static float[] decoded(Subject run, Condition condition, float... z) {
        try (NDManager scratch = run.trained().newManager()) {
            NDArray latent = scratch.create(z, new Shape(1, 1, 2));
            return run.trained()
                    .model()
                    .generate(run.trained().sampling(scratch, 9, 9), List.of(latent), 1, condition)
                    .mean()
                    .toFloatArray();
        }
    }
}
