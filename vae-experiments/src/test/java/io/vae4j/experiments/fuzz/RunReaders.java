package io.vae4j.experiments.fuzz;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Sha256;
import io.vae4j.experiments.report.Report;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Checkpoints;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.RunJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Readers of the files of a run folder, which may come from anybody. */
final class RunReaders {

    private static final String RECIPE = "extends: vae\n";
    private static final String MANIFEST = """
            {"format": 2, "vae4j": "0.1.0", "java": "17", "djl": "0.35.1", "pytorch": "2.7.1", "device": "cpu",
             "deviceReason": "none", "threads": 2, "seed": 0, "recipe": "slides", "model": "vae", "origin": "RECIPE",
             "dimensions": 4, "started": "2026-01-05T10:15:30Z", "likelihood": "bernoulli", "isLikelihood": true,
             "bitsOffset": 1.5, "completed": 1, "recipeSha256": "ab", "plugins": [{"name": "p", "version": "1"}, {"name": "", "version": ""}],
             "resumed": [{"started": "2026-01-06T10:15:30Z", "device": "cpu", "threads": 1, "changes": ["recipe.yaml"]}], "data": {"name": "mine", "source": "mine.npz", "sha256": {"mine.npz": "ab"},
               "event": [1, 2, 2], "support": "BYTE_LEVELS", "classes": ["a", "b"], "examples": {"train": 3},
               "splits": {"train": {"from": "train", "share": 0.9, "seed": 0}},
               "table": {"columns": ["a"], "mean": [0.5], "scale": [2]}}}
            """;
    private static final String IMPOSSIBLE_SHAPE = "{\"data\": {\"event\": [-2], \"support\": \"BYTE_LEVELS\"}}";
    private static final String METRICS = """
            {"epoch":1,"step":469,"split":"train","loss":95.6,"elbo":-95.6,"reconstruction":76,"kl":19.6,"seconds":3.8}
            {"epoch":1,"step":469,"split":"test","loss":88.1,"elbo":null,"reconstruction":70,"kl":18,"seconds":0.4}
            {"epoch":2,"step":938,"split":"validation","loss":80,"elbo":-80,"own":1.5,"bound":-79}
            """;
    private static final String EVALUATION = """
            {"nll": 88.5, "nll_se": 0.5, "ess": 3.5, "ess_min": 1, "elbo": -1e400, "reconstruction": 70,
             "active_units": [12, 3], "kl_per_layer": [18.5, null], "codes": {"used": 0.5, "perplexity": 40},
             "epoch": 2, "checkpoint": "last", "samples": 1000, "images": 100, "seed": 0, "likelihood": "bernoulli",
             "note": "a note", "evaluations": {"ais": {"title": "AIS", "figures": {"nll": {"heading": "NLL",
               "value": 87.5, "unit": "NATS_PER_EXAMPLE", "standard_error": 0.1, "interval": {"lower": 1, "upper": 2}}},
               "series": {"kl": [1, 2]}, "settings": {"chains": 16}, "cautions": ["beware"],
               "not_applicable": "no density"}}}
            """;
    private static final String FIGURE = """
            {"title": "A figure", "caption": "what it shows", "note": "epoch 2",
             "panels": [{"title": "one", "description": "it", "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}]}
            """;
    private static final String MODEL = "model.safetensors";
    private static final byte[] WEIGHTS = {1, 2, 3};

    private static final List<String> WORDS = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[null]",
            "{\"\":null}",
            "\"\"",
            "0",
            "-1",
            "1.5",
            "1e400",
            "1e-400",
            "NaN",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "\"NaN\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[[[[",
            "\n",
            "\"epoch\":",
            "\"step\":",
            "\"split\":",
            "\"train\"",
            "\"format\":",
            "\"files\":",
            "\"examples\":",
            "\"event\":",
            "\"support\":",
            "\"classes\":",
            "\"table\":",
            "\"figures\":",
            "\"series\":",
            "\"unit\":",
            "\"interval\":",
            "\"panels\":",
            "\"svg\":",
            "\"resumed\":",
            "\"plugins\":",
            "\"data\":",
            "\"loss\":");

    private RunReaders() {}

    static List<FuzzedReader> all() {
        return List.of(
                new FuzzedReader(
                        "state.json",
                        List.of(
                                state(""),
                                state(",\"examples\":64,\"skippedSteps\":1,\"metrics\":[\"loss\"],\"firstLoss\":5.5")),
                        WORDS,
                        RunReaders::state),
                json("best.json", "{\"epoch\": 3, \"metric\": \"loss\", \"value\": 80.5}", RunReaders::best),
                new FuzzedReader(
                        "manifest.json",
                        List.of(FuzzedReader.utf8(MANIFEST), FuzzedReader.utf8(IMPOSSIBLE_SHAPE)),
                        WORDS,
                        RunReaders::manifest),
                json("metrics.jsonl", METRICS, RunReaders::metrics),
                json("evaluation.json", EVALUATION, RunReaders::evaluation),
                json("report-of-manifest", MANIFEST, (file, in) -> report("manifest.json", file, in)),
                json("report-of-metrics", METRICS, (file, in) -> report("metrics.jsonl", file, in)),
                json("report-of-evaluation", EVALUATION, (file, in) -> report("evaluation.json", file, in)),
                json("report-of-figure", FIGURE, (file, in) -> report("figures/made.json", file, in)),
                json("report-of-recipe", RECIPE, (file, in) -> report("recipe.yaml", file, in)));
    }

    private static FuzzedReader json(String name, String seed, FuzzedReader.Reading reading) {
        return new FuzzedReader(name, List.of(FuzzedReader.utf8(seed)), WORDS, reading);
    }

    private static byte[] state(String further) {
        String sum = Sha256.of(WEIGHTS);
        return FuzzedReader.utf8("{\"format\":1,\"epoch\":3,\"step\":1500,\"seed\":0,\"files\":{\"" + MODEL + "\":\""
                + sum + "\",\"optimizer.safetensors\":\"" + sum + "\"}" + further + "}");
    }

    /** What is said of a checkpoint, alone and among others. */
    private static void state(byte[] file, Path folder) throws IOException {
        Path run = begun(folder);
        String name = new String(file, StandardCharsets.ISO_8859_1).contains("\"examples\"")
                ? "epoch-0003-step-000001500"
                : "epoch-0003";
        Path checkpoint = Files.createDirectories(run.resolve("checkpoints").resolve(name));
        Files.write(checkpoint.resolve(MODEL), WEIGHTS);
        Files.write(checkpoint.resolve("optimizer.safetensors"), WEIGHTS);
        Files.write(checkpoint.resolve("state.json"), file);
        Checkpoint.State state = new Checkpoint(checkpoint).state();
        RunFolder.reading(run).checkpoints().latest(Checkpoint.Use.RESUME);
        Files.write(checkpoint.resolve("state.json"), RunJson.write(state));
        requireEqual(state, new Checkpoint(checkpoint).state());
    }

    private static void best(byte[] file, Path folder) throws IOException {
        Path run = begun(folder);
        Files.createDirectories(run.resolve("checkpoints"));
        Files.write(run.resolve("checkpoints/best.json"), file);
        Checkpoints.Best best = RunFolder.reading(run).checkpoints().best().orElseThrow();
        RunFolder.reading(run).checkpoints().mark(best);
        requireEqual(best, RunFolder.reading(run).checkpoints().best().orElseThrow());
    }

    private static void manifest(byte[] file, Path folder) throws IOException {
        Path run = begun(folder);
        Files.write(run.resolve("manifest.json"), file);
        Manifest manifest = RunFolder.reading(run).manifest();
        manifest.data().ifPresent(data -> requireEqual(data.content(), data.content()));
        Files.write(run.resolve("manifest.json"), RunJson.write(manifest));
        Manifest again = RunFolder.reading(run).manifest();
        requireEqual(manifest, again);
        requireEqual(manifest.data().flatMap(DataRecord::summary), again.data().flatMap(DataRecord::summary));
    }

    /** Read for a report, and cut as a resumed run does. */
    private static void metrics(byte[] file, Path folder) throws IOException {
        Path run = begun(folder);
        Files.write(run.resolve("metrics.jsonl"), file);
        MetricsFile.read(new RunFiles(run)).history().seconds();
        RunFolder.reading(run).keepMetricsUpTo(1);
        MetricsFile.read(new RunFiles(run)).history().keys();
    }

    private static void evaluation(byte[] file, Path folder) throws IOException {
        Files.write(folder.resolve("evaluation.json"), file);
        Optional<EvaluationResult> result = RunFolder.evaluation(folder);
        if (result.isEmpty()) {
            throw new InvalidInput("there is none", "fuzzed", "evaluate again");
        }
        RunFolder.write(result.get(), folder);
        requireEqual(result, RunFolder.evaluation(folder));
    }

    /** A page of the run, and one that sets it beside itself. Curves are drawn only where they are what is read. */
    private static void report(String name, byte[] file, Path folder) throws IOException {
        Path run = begun(folder);
        Files.createDirectories(run.resolve("figures"));
        Files.write(run.resolve(name), file);
        Report.write(run);
        Report.compare(List.of(run, run), folder.resolve("comparison.html"));
    }

    private static Path begun(Path folder) throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("recipe.yaml"), RECIPE);
        return run;
    }

    private static void requireEqual(Object read, Object again) {
        if (!read.equals(again)) {
            throw new AssertionError("what was written is not what was read: " + read + " became " + again);
        }
    }
}
