package io.vae4j.core;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives an initialized block other weights, all or none of them: DJL would take over parameters of any shape, and leave
 * the block half loaded where the weights break off.
 */
record Reloading(Block block, Loader loader) {

    /** DJL's own way to load a block's parameters. */
    @FunctionalInterface
    interface Loader {
        void load(DataInputStream weights) throws IOException, MalformedModelException;
    }

    /** Weights that a block around this one reads and checks, so that messages have the parameters' full names. */
    static final class OfParent extends DataInputStream {
        OfParent(InputStream weights) {
            super(weights);
        }
    }

    void from(DataInputStream weights) throws IOException, MalformedModelException {
        Map<String, Shape> expected = shapes();
        List<NDArray> replaced =
                block.getParameters().values().stream().map(Parameter::getArray).toList();
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        block.saveParameters(new DataOutputStream(before));
        try {
            loader.load(new OfParent(weights));
            require(expected);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            loader.load(new OfParent(new ByteArrayInputStream(before.toByteArray())));
            throw e;
        } finally {
            replaced.forEach(NDArray::close);
            wantGradients(block);
        }
    }

    /** Has each array want a gradient if its parameter does, which one that DJL has loaded does not know by itself. */
    static void wantGradients(Block block) {
        for (Parameter parameter : block.getParameters().values()) {
            if (parameter.isInitialized() && parameter.getArray().hasGradient() != parameter.requiresGradient()) {
                parameter.freeze(!parameter.requiresGradient());
            }
        }
    }

    private Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Pair<String, Parameter> named : block.getParameters()) {
            shapes.put(named.getKey(), named.getValue().getArray().getShape());
        }
        return shapes;
    }

    private void require(Map<String, Shape> expected) throws MalformedModelException {
        Map<String, Shape> actual = shapes();
        for (Map.Entry<String, Shape> parameter : expected.entrySet()) {
            Shape shape = actual.get(parameter.getKey());
            if (!parameter.getValue().equals(shape)) {
                throw new MalformedModelException("the parameter " + parameter.getKey() + " has shape " + shape
                        + " in the weights and " + parameter.getValue() + " in the model; build the model that the"
                        + " weights were saved from, for data and conditions of the same shapes");
            }
        }
    }
}
