package io.vae4j.experiments.report;

import static io.vae4j.experiments.report.PageElements.curves;
import static io.vae4j.experiments.report.PageElements.elements;
import static io.vae4j.experiments.report.PageElements.onThePlane;
import static io.vae4j.experiments.report.PageElements.parsed;
import static io.vae4j.experiments.report.PageElements.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.FigureRecord;
import io.vae4j.experiments.run.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Several runs on one page; {@link ReportTest} has what holds for one run alone, too. */
final class ComparisonTest {

    private static final String RECIPE = """
            data: {set: {kind: mnist}, values: dynamic-binarization, condition: none}
            model: {kind: vae, latent: 20, network: {kind: dense, hidden: [400]}}
            objective: {kind: elbo, beta: 4}
            """;

    @TempDir
    Path folder;

    @Test
    void runsThatDifferBySeedAloneAreOneRowWithMeanAndDeviation() throws Exception {
        double[] losses = {150.25, 151.5, 149};
        SummaryStatistics reference = new SummaryStatistics();
        RunFixture[] runs = new RunFixture[losses.length];
        for (int seed = 0; seed < losses.length; seed++) {
            runs[seed] = run("beta4-s" + seed, seed, RECIPE, losses[seed]);
            reference.addValue(losses[seed]);
        }
        String loss =
                String.format(Locale.ROOT, "%.2f ±\u00a0%.2f", reference.getMean(), reference.getStandardDeviation());
        Document page = compared(runs);

        assertThat(rows(page, 0)).containsExactly("beta40, 1, 21" + loss);
        assertThat(rows(page, 1))
                .containsExactly("beta4, seed 001150.25", "beta4, seed 111151.50", "beta4, seed 221149.00");
        assertThat(text(page, "h1").get(0))
                .isEqualTo("A comparison of 3 runs of 1 setting. The lowest loss on the test examples is " + loss
                        + " nats per example, by beta4, 3 seeds.");
        assertThat(text(page, "h2")).doesNotContain("What differs");
    }

    @Test
    void theCurvesOfAGroupHaveOneInkAndOneNameInTheLegend() throws Exception {
        Document page = compared(
                course("beta4-s0", 0, RECIPE),
                course("beta4-s1", 1, RECIPE),
                course("beta1", 0, RECIPE.replace("beta: 4", "beta: 1")));
        Element chart = elements(page, "svg").get(0);

        assertThat(curves(chart)).hasSize(3);
        assertThat(onThePlane(chart)
                        .filter(path -> path.getAttribute("d").contains("L"))
                        .map(ComparisonTest::stroke))
                .containsExactly("var(--run0)", "var(--run0)", "var(--run1)");
        assertThat(text(chart, "text")).containsOnlyOnce("beta4, 2 seeds", "beta1");
        assertThat(text(chart, "desc").get(0)).contains("beta4, seed 0: ", "beta4, seed 1: ");
    }

    @Test
    void aSeedThatOccursTwiceIsNoFurtherWitness() throws Exception {
        Document page = compared(run("a", 0, RECIPE, 150), run("again", 0, RECIPE, 150), run("b", 1, RECIPE, 152));

        assertThat(rows(page, 0)).containsExactly("slides0, 11151.00 ±\u00a01.41", "again01150.00");
    }

    @Test
    void runsOfOtherDataOrOtherLengthOrOfJavaStandAlone() throws Exception {
        RunFixture first = run("first", 0, RECIPE, 150);
        RunFixture onOthers = run("others", 1, RECIPE, 150);
        replace(onOthers, "manifest.json", "ba891046", "00000000");
        RunFixture longer = run("longer", 2, RECIPE, 151).with("metrics.jsonl", line(2, 150));
        RunFixture java = run("java", 3, RECIPE, 150);
        replace(java, "manifest.json", "\"recipe\"", "\"origin\": \"JAVA\", \"recipe\"");
        RunFixture unknown = run("unknown", 4, "a: [", 150);
        Document page = compared(first, onOthers, longer, java, unknown);

        assertThat(rows(page, 0)).hasSize(5);
        assertThat(text(page, "li")).contains("unknown: The recipe cannot be read and is not compared with others.");
    }

    @Test
    void onlyTheKeysThatDifferAreShown() throws Exception {
        RunFixture wide = run("wide", 0, RECIPE.replace("latent: 20", "latent: 50"), 140);
        RunFixture flow =
                run("flow", 0, RECIPE.replace("latent: 20", "latent: 20, posterior: {kind: mine, steps: 3}"), 141);
        Document page = compared(run("beta4", 0, RECIPE, 150), wide, flow);
        Element table = section(page, "What differs");

        assertThat(text(elements(table, "thead").get(0), "tr")).containsExactly("Keybeta4wideflow");
        assertThat(text(elements(table, "tbody").get(0), "tr"))
                .containsExactly(
                        "model.latent205020", "model.posteriorgaussiangaussianmine", "model.posterior.steps––3");
    }

    /** The standard error is that of the differences, not that of either NLL. */
    @Test
    void theNllsOfOneTargetAreComparedExampleByExample() throws Exception {
        double[] a = {90, 120, 75.5, 101};
        double[] b = {92, 121.5, 77, 104};
        RunFixture first = evaluated(run("first", 0, RECIPE, 150), 0, a);
        RunFixture second = evaluated(run("second", 0, RECIPE.replace("beta: 4", "beta: 5"), 150), 0, b);
        RunFixture otherwise = evaluated(run("otherwise", 0, RECIPE.replace("beta: 4", "beta: 6"), 150), 7, b);
        RunFixture not = run("not", 0, RECIPE.replace("beta: 4", "beta: 7"), 150);
        SummaryStatistics differences = new SummaryStatistics();
        for (int i = 0; i < a.length; i++) {
            differences.addValue(b[i] - a[i]);
        }
        String difference = String.format(
                Locale.ROOT,
                "%.2f (%.2f)",
                differences.getMean(),
                differences.getStandardDeviation() / Math.sqrt(a.length));
        Element table = section(compared(first, second, otherwise, not), "Evaluation");

        assertThat(text(elements(table, "tbody").get(0), "tr"))
                .containsExactly(
                        "NLL96.6398.6398.63–",
                        "NLL above that of first, example by example (standard error)–" + difference + "––",
                        "KL of layer 123.5023.5023.50–",
                        "KL of layer 24.004.004.00–",
                        "Active units202020–",
                        "Samples K505050–",
                        "Examples444–");
    }

    @Test
    void anEvaluationOfASeedGroupHasTheDeviationOverSeeds() throws Exception {
        RunFixture first = evaluated(run("m-s0", 0, RECIPE, 150), 0, 90, 92);
        RunFixture second = evaluated(run("m-s1", 1, RECIPE, 150), 0, 92, 96);
        RunFixture third = run("m-s2", 2, RECIPE, 150);
        for (RunFixture run : List.of(first, second)) {
            String mig = run.equals(first) ? "0.25" : "0.45";
            replace(
                    run,
                    "evaluation.json",
                    "{\"nll\"",
                    "{\"evaluations\": {\"disentanglement\": {\"title\": \"Disentanglement\", \"figures\": {\"mig\":"
                            + " {\"heading\": \"MIG\", \"value\": " + mig + ", \"unit\": \"NUMBER\"}}}}, \"nll\"");
        }
        Document page = compared(first, second, third);

        assertThat(text(section(page, "Evaluation"), "tr"))
                .contains("NLL92.50 ±\u00a02.12 (n = 2)", "MIG0.35 ±\u00a00.14 (n = 2)");
    }

    /** The loss of beta = 4 weighs what that of beta = 1 does not. */
    @Test
    void lossesOfDifferentObjectivesHaveNoOrder() throws Exception {
        RunFixture other = run("beta1", 0, RECIPE.replace("beta: 4", "beta: 1"), 90);
        RunFixture wide = run("wide", 0, RECIPE.replace("latent: 20", "latent: 50"), 140);
        RunFixture beta4 = run("beta4", 0, RECIPE, 150);
        Document differing = compared(beta4, other);

        assertThat(text(differing, "h1").get(0)).isEqualTo("A comparison of 2 runs. ");
        assertThat(text(differing, "li")).anyMatch(note -> note.startsWith("These runs minimize different objectives"));
        assertThat(text(compared(beta4, wide), "h1").get(0)).endsWith("is 140.00 nats per example, by wide.");
    }

    @Test
    void aSeedThatFailedIsNotPassedOver() throws Exception {
        RunFixture failed = run("m-s1", 1, RECIPE, Double.NaN);
        Document page = compared(run("m-s0", 0, RECIPE, 150), failed);

        assertThat(rows(page, 0)).containsExactly("m0, 11not finite (1 of 2)");
        assertThat(text(page, "h1").get(0)).isEqualTo("A comparison of 2 runs of 1 setting. ");
    }

    @Test
    void aRunThatHasNotMeasuredAnythingYetIsShownAsFarAsItGoes() throws Exception {
        RunFixture begun = RunFixture.bare(folder.resolve("begun")).with("recipe.yaml", RECIPE);
        Document page = compared(run("done", 0, RECIPE, 150), begun);

        assertThat(rows(page, 0)).containsExactly("done01150.00", "begun–0–");
        assertThat(text(page, "li"))
                .contains(
                        "begun: No epoch was finished yet, or metrics.jsonl has lost them, so there is no figure to show.");
    }

    @Test
    void theSameFigureOfEachRunIsInOneRow() throws Exception {
        RunFixture first = drawn(run("first", 0, RECIPE, 150), "Codes lie apart.");
        RunFixture second = drawn(run("second", 0, RECIPE.replace("beta: 4", "beta: 1"), 150), "Codes lie together.");
        RunFixture third = run("third", 0, RECIPE.replace("beta: 4", "beta: 2"), 150);
        Element section = section(compared(first, second, third), "What was learned");

        assertThat(text(section, "h3")).containsExactly("The codes");
        assertThat(text(section, "figcaption")).containsExactly("first", "second: by class, the second of two");
        assertThat(text(section, "dd")).containsExactly("Codes lie apart.", "Codes lie together.");
        assertThat(text(section, "p")).containsExactly("It was not drawn of third.");
    }

    @Test
    void aRunFolderOfALaterVersionIsRefusedAndNothingIsWritten() throws Exception {
        RunFixture later = run("later", 0, RECIPE, 150);
        replace(later, "manifest.json", "{\"vae4j\"", "{\"format\": " + (Manifest.FORMAT + 1) + ", \"vae4j\"");
        Path out = folder.resolve("comparison.html");

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.compare(List.of(later.folder(), later.folder()), out))
                .withMessageContaining("format " + (Manifest.FORMAT + 1))
                .matches(e -> String.valueOf(e.getMessage()).lines().count() == 1);
        assertThat(out).doesNotExist();
    }

    @Test
    void anEvaluationsTensorsThatCannotBeReadAreNoted() throws Exception {
        RunFixture first = run("first", 0, RECIPE, 150).with("evaluation.safetensors", "{}");

        assertThat(text(compared(first, first), "li"))
                .contains("first (1): The file evaluation.safetensors cannot be read and is not compared.");
    }

    private RunFixture run(String name, long seed, String recipe, double loss) throws IOException {
        return RunFixture.bare(folder.resolve(name))
                .with("recipe.yaml", recipe)
                .with("manifest.json", RunFixture.MANIFEST.replace("\"seed\": 0", "\"seed\": " + seed))
                .with("metrics.jsonl", line(1, loss));
    }

    /** Neighbors of one color are drawn in a group that has it. */
    private static String stroke(Element path) {
        return path.hasAttribute("stroke") ? path.getAttribute("stroke") : stroke((Element) path.getParentNode());
    }

    private RunFixture course(String name, long seed, String recipe) throws IOException {
        return run(name, seed, recipe, 160.0 + seed).with("metrics.jsonl", line(2, 150.0 + seed));
    }

    private static String line(int epoch, double loss) {
        String written = Double.isNaN(loss) ? "null" : Double.toString(loss);
        return "{\"epoch\":" + epoch + ",\"split\":\"test\",\"loss\":" + written + "}\n";
    }

    /** As {@code evaluate} leaves it, with the format of safetensors spelt out. */
    private static RunFixture evaluated(RunFixture run, long seed, double... nll) throws IOException {
        SummaryStatistics all = new SummaryStatistics();
        ByteBuffer numbers = ByteBuffer.allocate(8 * nll.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double one : nll) {
            all.addValue(one);
            numbers.putDouble(one);
        }
        byte[] header = ("{\"nll\":{\"dtype\":\"F64\",\"shape\":[" + nll.length + "],\"data_offsets\":[0,"
                        + 8 * nll.length + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        file.writeBytes(header);
        file.writeBytes(numbers.array());
        Files.write(run.folder().resolve("evaluation.safetensors"), file.toByteArray());
        return run.with(
                "evaluation.json",
                "{\"nll\": " + all.getMean() + ", \"kl_per_layer\": [23.5, 4], \"active_units\": [20], \"samples\": 50,"
                        + " \"images\": " + nll.length + ", \"seed\": " + seed + "}");
    }

    private static RunFixture drawn(RunFixture run, String finding) throws IOException {
        String name = run.folder().getFileName().toString();
        String title = name.equals("first") ? name : name + ": by class, the second of two";
        FigureRecord figure = new FigureRecord(
                Optional.of("The codes"),
                Optional.of(finding),
                Optional.empty(),
                List.of(new FigureRecord.Panel(Optional.of(title), Optional.empty(), Optional.of("<svg/>"))));
        figure.write(run.folder().resolve(FigureRecord.FOLDER), "codes");
        return run;
    }

    private static void replace(RunFixture run, String file, String before, String after) throws IOException {
        Path path = run.folder().resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }

    private Document compared(RunFixture... runs) throws Exception {
        Path out = folder.resolve("comparison.html");
        Report.compare(Stream.of(runs).map(RunFixture::folder).toList(), out);
        return parsed(out);
    }

    private static List<String> rows(Document page, int table) {
        return text(elements(page, "tbody").get(table), "tr");
    }

    private static Element section(Document page, String heading) {
        return elements(page, "section").stream()
                .filter(section -> text(section, "h2").contains(heading))
                .findFirst()
                .orElseThrow();
    }
}
