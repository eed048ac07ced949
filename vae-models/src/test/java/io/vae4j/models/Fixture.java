package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import com.google.gson.Gson;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A model evaluated by PyTorch in float64; src/test/python/fixtures.py wrote it.
 *
 * @param objective elbo (with the closed KL) or iwae
 * @param expected by quantity; the loss is that of each example
 * @param gradients of the mean loss, by parameter
 */
record Fixture(
        String objective,
        int samples,
        Tensor x,
        List<Tensor> noise,
        Map<String, Tensor> parameters,
        Map<String, Tensor> expected,
        Map<String, Tensor> gradients) {

    /** An array with its shape, row-major. */
    record Tensor(List<Long> shape, List<Double> values) {

        NDArray on(NDManager manager, DataType type) {
            // toType shares the storage where the type is the same, here a buffer that dies with its Java object
            try (NDArray made = manager.create(array(), axes());
                    NDArray typed = made.toType(type, true)) {
                return typed.duplicate();
            }
        }

        Shape axes() {
            return new Shape(shape);
        }

        double[] array() {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /** The error that a type allows: relative to the largest element, since smaller ones are sums that cancel. */
        double tolerance(double relative) {
            return relative * values.stream().mapToDouble(Math::abs).max().orElse(0);
        }
    }

    static Fixture load(String name) {
        try (InputStream json =
                Objects.requireNonNull(Fixture.class.getResourceAsStream("/fixtures/" + name + ".json"), name)) {
            return new Gson().fromJson(new InputStreamReader(json, StandardCharsets.UTF_8), Fixture.class);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    static Tensor of(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    Objective wanted() {
        return switch (objective) {
            case "elbo" -> new Elbo(1, samples);
            case "iwae" -> new Iwae(samples);
            default -> throw new IllegalStateException("no objective is called " + objective);
        };
    }

    /** The parameters under names as PyTorch writes them: paths without the numbers that DJL puts in front. */
    static Map<String, Parameter> named(Block model) {
        Map<String, Parameter> found = new TreeMap<>();
        collect(model, "", found);
        return found;
    }

    private static void collect(Block block, String path, Map<String, Parameter> found) {
        for (Pair<String, Parameter> entry : block.getDirectParameters()) {
            found.put(path + entry.getKey(), entry.getValue());
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(child.getValue(), path + child.getKey().replaceFirst("^\\d+", "") + ".", found);
        }
    }
}
