package io.vae4j.experiments.report;

import static io.vae4j.experiments.report.PageElements.curves;
import static io.vae4j.experiments.report.PageElements.elements;
import static io.vae4j.experiments.report.PageElements.parsed;
import static io.vae4j.experiments.report.PageElements.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class SweepPageTest {

    @TempDir
    Path folder;

    /** By successive halving: two settings stopped early, one failed. */
    private static SweptSettings halved() {
        return new SweptSettings()
                .with(2, 1e-4, "x", Map.of(1, 160.0), SweptRun.State.PAUSED)
                .with(10, 1e-3, "y", Map.of(1, 140.0, 3, 120.5))
                .with(50, 1e-2, "x", Map.of(), SweptRun.State.FAILED)
                .with(20, 1e-2, "z", Map.of(1, 150.0), SweptRun.State.PAUSED);
    }

    @Test
    void saysWhatWasTriedAndWhatCameOut() throws Exception {
        Document page = page(halved().result("a", "b", "c"));

        assertThat(text(page, "h1").get(0).strip())
                .isEqualTo("The vae recipe with 4 settings of a, b and c. The lowest validation loss is 120.50 nats per"
                        + " example, by vae-1 (a 10, b 0.001, c y).");
        assertThat(rows(page, 0))
                .containsExactly(
                        "vae-11120.503100.001y",
                        "vae-32150.001200.01z",
                        "vae-03160.00120.0001x",
                        "vae-2–failed0500.01x");
        assertThat(text(page, "dd"))
                .contains("vae", "random, settings 4", "4: 1 ended, 2 paused, 1 failed", "2026-11-29T12:00:00Z");
        assertThat(text(page, "pre")).containsExactly(SweptSettings.COURSE.sweep(), SweptSettings.COURSE.base());
    }

    @Test
    void aRunThatFailedIsNamedWithItsReasonAndItsSettingIsDashed() throws Exception {
        Document page = page(halved().result("a", "b", "c"));
        Element section = section(page, "Failures");

        assertThat(text(section, "tr")).containsExactly("RunEpochsReason", "vae-2-s00<no> good");
        assertThat(elements(section(page, "Settings and their figure"), "path").stream()
                        .filter(path -> path.hasAttribute("stroke-dasharray")
                                || ((Element) path.getParentNode()).hasAttribute("stroke-dasharray")))
                .isNotEmpty();
        assertThat(text(section(page, "Settings and their figure"), "p").get(0))
                .contains("Dashed lines are settings that failed");
    }

    @Test
    void theCurvesOfAllRunsAreThoseOfTheirFoldersAndTheBestIsNamed() throws Exception {
        for (int setting : new int[] {0, 1, 3}) {
            for (int epoch = 1; epoch <= (setting == 1 ? 3 : 2); epoch++) {
                run("vae-" + setting + "-s0")
                        .with(
                                "metrics.jsonl",
                                "{\"epoch\":" + epoch + ",\"split\":\"validation\",\"loss\":" + (170 - epoch) + "}\n");
            }
        }
        Document page = page(halved().result("a", "b", "c"));
        Element section = section(page, "Curves of all runs");

        assertThat(curves(elements(section, "svg").get(0))).hasSize(3);
        assertThat(text(section, "text")).contains("vae-1", "epoch").doesNotContain("vae-0", "vae-0-s0");
        assertThat(text(section, "desc").get(0))
                .contains("vae-1-s0: 169.00 after epoch 1, 167.00 after epoch 3, in nats per example.");
    }

    @Test
    void aCurveThatWentAstrayDoesNotFlattenTheOthers() throws Exception {
        for (int setting : new int[] {0, 1, 3}) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                double loss = setting == 0 && epoch == 2 ? 1e7 : 150 - epoch;
                run("vae-" + setting + "-s0")
                        .with(
                                "metrics.jsonl",
                                "{\"epoch\":" + epoch + ",\"split\":\"validation\",\"loss\":" + loss + "}\n");
            }
        }
        Element section = section(page(halved().result("a")), "Curves of all runs");

        assertThat(text(section, "text")).contains("148").noneMatch(label -> label.contains("E"));
        assertThat(text(section, "p").get(0)).contains("is beyond the plane");
    }

    @Test
    void asksNothingOfTheNetworkAndRunsNoScript() throws Exception {
        RunFixture.complete(folder.resolve("runs/vae-1-s0"), 3);
        Document page = page(halved().result("a", "b", "c"));

        assertThat(elements(page, "*")).allSatisfy(element -> {
            assertThat(element.getTagName()).isNotIn("script", "link", "iframe", "object", "embed", "base");
            assertThat(element.hasAttribute("href")).isFalse();
            assertThat(element.hasAttribute("srcset")).isFalse();
            assertThat(element.getAttribute("src")).matches("(data:image/png;base64,.*)?");
        });
        assertThat(elements(page, "*").stream().map(element -> element.getAttribute("id")))
                .filteredOn(id -> !id.isEmpty())
                .doesNotHaveDuplicates();
        assertThat(Files.readString(folder.resolve(Report.NAME)))
                .doesNotContain("{{", "http:", "https:", "url(", "NaN", "Infinity");
    }

    @Test
    void showsTheLastPicturesOfTheBestRunAndWhatItRanOn() throws Exception {
        RunFixture.complete(folder.resolve("runs/vae-1-s0"), 5);
        Document page = page(halved().result("a", "b", "c"));

        assertThat(text(section(page, "Samples of the best run"), "figcaption")).containsExactly("vae-1-s0, epoch 5");
        assertThat(text(section(page, "Reconstructions of the best run"), "figcaption"))
                .containsExactly("Originals", "vae-1-s0, epoch 5");
        assertThat(text(page, "dd")).contains("vae4j 0.1.0, Java 17.0.15, DJL 0.35.1, PyTorch 2.7.1");
    }

    @Test
    void theImportanceOfKeysNamesItsMethodOrSaysThatNothingCanBeTold() throws Exception {
        SweptSettings grid = new SweptSettings();
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                grid.with(a, Math.pow(10, b), "x", Map.of(2, 100.0 + 20 * a + b));
            }
        }
        Element enough = section(page(grid.result("a", "b")), "Importance of the keys");
        Element few = section(page(halved().result("a", "b", "c")), "Importance of the keys");
        Element one = section(page(grid.result("a")), "Importance of the keys");

        assertThat(text(enough, "p").get(0)).contains("among 9 settings, each after its last epoch", "Kelley 1935");
        assertThat(text(elements(enough, "tbody").get(0), "tr"))
                .containsExactly("a100 %0: 101.00; 1: 121.00; 2: 141.00", "b0 %1: 120.00; 10: 121.00; 100: 122.00");
        assertThat(elements(enough, "i").get(0).getAttribute("style")).isEqualTo("width: 100%");
        assertThat(text(few, "p").get(0)).startsWith("There are too few settings to tell");
        assertThat(text(one, "p").get(0)).startsWith("One key varies");
    }

    @Test
    void whatFewSeedsCannotTellIsSaid() throws Exception {
        List<String> one = text(section(page(halved().result("a", "b", "c")), "Settings"), "p");
        SweptSetting best = setting("vae-0", 1, List.of(100.0, 104.0), List.of());
        SweptSetting other = setting("vae-1", 2, List.of(103.0, 106.0), List.of(3.0, 2.0));
        Document several = page(new SweepResult(
                "mine",
                "vae",
                "",
                SweptSettings.LOSS,
                List.of(),
                List.of(best, other),
                SweptSettings.COURSE,
                List.of()));

        assertThat(one.get(0)).startsWith("With one seed it is not known");
        assertThat(one.get(2)).contains("after as many epochs");
        assertThat(rows(several, 0))
                .containsExactly(
                        "vae-01102.00 ±\u00a02.83––3", "vae-12104.50 ±\u00a02.122.50 (0.50)−3.85\u00a0to\u00a08.853");
        assertThat(text(section(several, "Settings"), "p").get(0))
                .contains("the n = 2 differences", "1 degree of freedom", "12.71 standard errors");
    }

    private static SweptSetting setting(String name, int rank, List<Double> figures, List<Double> aboveBest) {
        return new SweptSetting(name, Map.of(), Optional.of(rank), 3, figures, aboveBest, new TreeMap<>(), List.of());
    }

    @Test
    void lossesOfDifferentObjectivesAreSaidToHaveNoOrder() throws Exception {
        SweepResult result = halved().result("a");
        SweptKey objective = new SweptKey("objective", Optional.empty());

        assertThat(SweepWording.incomparable(with(result, objective, "loss")))
                .hasValueSatisfying(note -> assertThat(note).startsWith("As objective varies, the losses"));
        assertThat(SweepWording.incomparable(with(result, objective, "elbo"))).isEmpty();
        assertThat(SweepWording.incomparable(result)).isEmpty();
    }

    private static SweepResult with(SweepResult result, SweptKey key, String metric) {
        Goal goal = new Goal(metric, Split.VALIDATION, Goal.Direction.MINIMIZE);
        return new SweepResult(
                "mine", "vae", "", goal, List.of(key), result.settings(), result.course(), result.notes());
    }

    @Test
    void aSweepThatHasOnlyBegunHasAPage() throws Exception {
        SweepResult begun = new SweepResult(
                "mine",
                "vae",
                "of <things>",
                SweptSettings.LOSS,
                SweptSettings.KEYS,
                List.of(),
                SweptSettings.COURSE,
                List.of("The sweep is not at its end."));
        Document page = page(begun);

        assertThat(text(page, "h1").get(0).strip()).isEqualTo("The vae recipe with 0 settings of a, b and c.");
        assertThat(text(page, "li")).containsExactly("The sweep is not at its end.");
        assertThat(text(page, "h2")).containsExactly("Importance of the keys", "How it was run");
        assertThat(text(page, "p")).contains("of <things>");
    }

    @Test
    void aRunThatCannotBeReadIsNotedAndTheOthersAreShown() throws Exception {
        run("vae-0-s0").with("metrics.jsonl", "garbage\n");
        run("vae-1-s0").with("metrics.jsonl", "{\"epoch\":1,\"split\":\"validation\",\"loss\":3}\n");
        Document page = page(halved().result("a", "b", "c"));

        assertThat(text(page, "li"))
                .anySatisfy(note ->
                        assertThat(note).startsWith("A run is not shown: ").contains("not a JSON object", "vae-0-s0"));
        assertThat(text(page, "h2")).contains("Curves of all runs");
    }

    @Test
    void thousandsOfSettingsMakeNoPageOfMegabytes() throws Exception {
        SweptSettings many = new SweptSettings();
        for (int i = 0; i < 2000; i++) {
            many.with(i, 1e-4 * (1 + i), "x", Map.of(1, 100.0 + i));
        }
        Document page = page(many.result("a", "b"));

        assertThat(Files.size(folder.resolve(Report.NAME))).isLessThan(2_000_000);
        assertThat(text(section(page, "Settings and their figure"), "p").get(0))
                .endsWith("Of 2000 settings the best 500 are drawn.");
    }

    private RunFixture run(String name) throws IOException {
        return RunFixture.bare(folder.resolve("runs").resolve(name));
    }

    private Document page(SweepResult result) throws Exception {
        return parsed(Report.sweep(result, folder));
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
