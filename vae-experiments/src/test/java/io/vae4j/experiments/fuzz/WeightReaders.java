package io.vae4j.experiments.fuzz;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.ExampleNll;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Readers of safetensors: weights, and what an evaluation found of each example. */
final class WeightReaders {

    private static final List<String> WORDS = List.of(
            "\"dtype\":",
            "\"shape\":",
            "\"data_offsets\":",
            "\"__metadata__\":",
            "\"F32\"",
            "\"F64\"",
            "\"I64\"",
            "\"BF16\"",
            "\"BOOL\"",
            "[",
            "]",
            "{",
            "}",
            ",",
            "0",
            "-1",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "4611686018427387904",
            "1e9",
            "null",
            "[[",
            "\"weight\":",
            "\"nll\":");

    private WeightReaders() {}

    static List<FuzzedReader> all() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            byte[] weights = TensorFile.encode(tensors(manager));
            byte[] nll = TensorFile.encode(Map.of(
                    "nll", manager.create(new double[] {1.5, 2.5}), "elbo", manager.create(new double[] {-2, -3})));
            return List.of(
                    new FuzzedReader("safetensors", List.of(weights), WORDS, WeightReaders::weights),
                    new FuzzedReader("evaluation.safetensors", List.of(nll), WORDS, WeightReaders::nll));
        }
    }

    private static Map<String, NDArray> tensors(NDManager manager) {
        return new TreeMap<>(Map.of(
                "bias", manager.ones(new Shape(3), DataType.FLOAT64),
                "count", manager.create(7L),
                "weight", manager.arange(6f).reshape(2, 3)));
    }

    /** What is accepted is written as it was read. */
    private static void weights(byte[] file, Path folder) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> into = tensors(manager);
            read(file, manager, into);
            byte[] written = TensorFile.encode(into);
            Map<String, NDArray> again = tensors(manager);
            read(written, manager, again);
            if (!Arrays.equals(TensorFile.encode(again), written)) {
                throw new AssertionError("what was written is not what was read");
            }
        }
    }

    private static void read(byte[] file, NDManager manager, Map<String, NDArray> into) {
        try (NDManager scratch = manager.newSubManager()) {
            TensorFile.decode(file, scratch, into, "fuzzed");
        } catch (IOException e) {
            // as checkpoints do with what is documented
            throw new InvalidInput("cannot be read: " + e.getMessage(), "fuzzed", "restore it");
        }
    }

    private static void nll(byte[] file, Path folder) throws IOException {
        Files.write(folder.resolve("evaluation.safetensors"), file);
        List<String> notes = new ArrayList<>();
        if (ExampleNll.read(new RunFiles(folder), notes).isEmpty()) {
            throw new InvalidInput(String.join(" ", notes), "fuzzed", "evaluate again");
        }
    }
}
