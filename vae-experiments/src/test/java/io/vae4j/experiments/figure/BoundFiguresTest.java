package io.vae4j.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.drawing.BarChart;
import io.vae4j.experiments.drawing.Curve;
import io.vae4j.experiments.drawing.CurveChart;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.drawing.Panel;
import io.vae4j.experiments.drawing.ProbabilityTable;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.LogWeights;
import io.vae4j.experiments.evaluation.Mean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of bounds, weights, gradients and class probabilities, on tiny runs. */
class BoundFiguresTest {

    @TempDir
    private static Path home;

    private static SmallRun vae;
    private static SmallRun ppca;
    private static SmallRun ae;
    private static SmallRun deep;

    @BeforeAll
    static void train() throws Exception {
        String hidden = "model.network.hidden=[8]";
        vae = SmallRun.train(home.resolve("vae"), "vae", SmallRun.bars(), hidden, "model.latent=2");
        ppca = SmallRun.train(home.resolve("ppca"), "ppca", SmallRun.bars(), "model.latent=2");
        ae = SmallRun.train(home.resolve("ae"), "ae", SmallRun.bars(), hidden, "model.latent=2");
        deep = SmallRun.train(
                home.resolve("deep"),
                "iwae-2layer",
                SmallRun.bars(),
                "model.layers=[{hidden: [8], latent: 4}, {hidden: [6], latent: 3}]");
    }

    @AfterAll
    static void close() {
        List.of(vae, ppca, ae, deep).forEach(SmallRun::close);
    }

    @Test
    void theBoundRisesToTheExactLineOfALinearGaussianModel() {
        Drawing drawing = draw("bound", options(20, 500), ppca);
        List<Curve> gains = ((CurveChart) drawing.panels().get(1)).curves();
        Curve.Point last = gains.get(0).points().get(gains.get(0).points().size() - 1);
        Curve.Point exact = gains.get(1).points().get(0);

        assertThat(gains.get(0).points()).first().isEqualTo(new Curve.Point(1, 0));
        assertThat(last.x()).isEqualTo(500);
        assertThat(exact.y()).isBetween(last.low(), last.high());
        assertThat(drawing.caption()).contains("exact log p(x)", "over 20 examples");
    }

    @Test
    void theBoundsLevelIsWhatAnEvaluationSaysUpToItsSamples() {
        CurveChart chart =
                (CurveChart) draw("bound", options(40, 100), vae).panels().get(0);
        Curve.Point last = chart.curves().get(0).points().get(6);
        LikelihoodEvaluator evaluation =
                LikelihoodEvaluator.measure(vae.subject().evaluator(), 0, 100, 40, done -> {});
        Mean other = Mean.of(evaluation.logLikelihood());

        assertThat(last.x()).isEqualTo(100);
        // other binarization and other samples
        assertThat(last.y()).isCloseTo(other.value(), within(4 * Math.sqrt(2) * other.standardError()));
    }

    @Test
    void runsOfDifferentLikelihoodsHaveNoCommonBound() {
        assertThat(reason("bound", vae, ppca))
                .hasValueSatisfying(reason -> assertThat(reason).contains("vae and ppca", "no common axis"));
        assertThat(reason("bound", vae, vae)).isEmpty();
    }

    @Test
    void weightsAreThoseOfTheSamplesAndSumToOne() {
        Drawing drawing = draw("weights", chosen(30, 3, 18), vae);
        LogWeights weights = LogWeights.draw(vae.subject().evaluator(), List.of(3, 18), 30, 0);
        BarChart second = (BarChart) drawing.panels().get(1);

        assertThat(drawing.panels()).hasSize(2);
        assertThat(second.title()).contains("example 18", "of 30");
        assertThat(second.bars()).hasSize(30);
        assertThat(second.bars().stream().mapToDouble(BarChart.Bar::value).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(second.bars().get(0).value()).isEqualTo(weights.normalized(1)[0]);
    }

    @Test
    void refinedPosteriorsGainOnTheEncoderAndStayBelowTheLikelihood() {
        Drawing drawing = draw("amortization", options(10, 1000), vae);
        List<Curve> gaps = ((CurveChart) drawing.panels().get(0)).curves();
        List<BarChart.Bar> means = ((BarChart) drawing.panels().get(1)).bars();

        assertThat(means.get(1).value()).isPositive();
        assertThat(means.get(1).value() + means.get(2).value())
                .isCloseTo(means.get(0).value(), within(1e-9));
        assertThat(gaps.get(0).points()).hasSize(10);
        assertThat(gaps.get(0).points().stream()
                        .mapToDouble(Curve.Point::y)
                        .average()
                        .orElseThrow())
                .isCloseTo(means.get(0).value(), within(1e-9));
    }

    @Test
    void theClassifierShowsTheSurestAndTheLeastSureExample() {
        Drawing drawing = draw("classifier", options(40, 1), vae);
        List<ProbabilityTable> tables =
                drawing.panels().stream().map(panel -> (ProbabilityTable) panel).toList();

        assertThat(tables).hasSize(6);
        for (ProbabilityTable table : tables) {
            assertThat(table.rows()).hasSize(4).isSortedAccordingTo((a, b) -> Double.compare(b.value(), a.value()));
            assertThat(table.rows().stream().mapToDouble(BarChart.Bar::value).sum())
                    .isBetween(0.9, 1.0001);
        }
        assertThat(tables)
                .isSortedAccordingTo((a, b) ->
                        Double.compare(b.rows().get(0).value(), a.rows().get(0).value()));
        // a bar's row is easily seen
        assertThat(tables.get(0).title())
                .endsWith("truly " + tables.get(0).rows().get(0).label());
    }

    @Test
    void theSignalIsShownForBothSidesAndThreeGradients() {
        Drawing drawing = draw("signal", options(4, 1), ppca);

        assertThat(drawing.panels())
                .extracting(Panel::title)
                .containsExactly("ppca: gradient of the encoder", "ppca: gradient of the decoder");
        for (Panel panel : drawing.panels()) {
            assertThat(((CurveChart) panel).curves())
                    .extracting(Curve::label)
                    .containsExactly("mean of k", "importance-weighted", "doubly-reparameterized");
        }
        Curve mean = ((CurveChart) drawing.panels().get(1)).curves().get(0);
        double growth = mean.points().get(3).y() / mean.points().get(0).y();
        assertThat(growth).as("about sqrt(50)").isBetween(4.0, 12.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bound        | ae   | no density q(z|x)",
                "weights      | ae   | no density q(z|x)",
                "signal       | ae   | no density q(z|x)",
                "amortization | ae   | no density q(z|x)",
                "amortization | deep | one stochastic layer",
                "density      | vae  | two numbers",
                "quantization | vae  | leave the run folders away",
            })
    void whatDoesNotApplyIsRefusedWithItsReason(String figure, String run, String reason) {
        SmallRun of = run.equals("ae") ? ae : run.equals("deep") ? deep : vae;

        assertThat(reason(figure, of))
                .hasValueSatisfying(said -> assertThat(said).contains(reason));
    }

    @Test
    void anExampleThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> draw("weights", chosen(10, 40), vae))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no test example 40 among 40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bound", "weights", "amortization"})
    void twoCallsGiveEqualBytesAndFilesThatOpen(String name) throws Exception {
        FigureOptions options = options(3, 10);
        Path folder = home.resolve("files-" + name);
        Path png = FigureFiles.write(draw(name, options, vae), name, List.of(vae.subject()), folder);
        byte[] before = Files.readAllBytes(png);
        FigureFiles.write(draw(name, options, vae), name, List.of(vae.subject()), folder);

        assertThat(png).hasBinaryContent(before);
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(300);
        assertThat(tag(folder.resolve(name + ".svg"))).isEqualTo("svg");
    }

    private static String tag(Path svg) throws Exception {
        DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
        // what the type's declaration says is on the network
        parser.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return parser.newDocumentBuilder()
                .parse(svg.toFile())
                .getDocumentElement()
                .getTagName();
    }

    private static Drawing draw(String name, FigureOptions options, SmallRun... runs) {
        return Figures.named(name).draw(subjects(runs), options);
    }

    private static Optional<String> reason(String name, SmallRun... runs) {
        return Figures.named(name).incompatibility(subjects(runs));
    }

    private static List<Subject> subjects(SmallRun... runs) {
        return List.of(runs).stream().map(SmallRun::subject).toList();
    }

    private static FigureOptions options(int examples, int samples) {
        return new FigureOptions(0, OptionalInt.of(examples), OptionalInt.of(samples), List.of(), Optional.empty());
    }

    private static FigureOptions chosen(int samples, Integer... places) {
        return new FigureOptions(0, OptionalInt.empty(), OptionalInt.of(samples), List.of(places), Optional.empty());
    }
}
