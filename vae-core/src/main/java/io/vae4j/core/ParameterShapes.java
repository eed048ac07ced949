package io.vae4j.core;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shapes of an initialized block's parameters by name, which loaded weights must have. */
record ParameterShapes(Map<String, Shape> shapes) {

    static ParameterShapes of(Block block) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (Pair<String, Parameter> named : block.getParameters()) {
            shapes.put(named.getKey(), named.getValue().getArray().getShape());
        }
        return new ParameterShapes(shapes);
    }

    void require(Block loaded) throws MalformedModelException {
        Map<String, Shape> actual = of(loaded).shapes;
        for (Map.Entry<String, Shape> expected : shapes.entrySet()) {
            Shape shape = actual.get(expected.getKey());
            if (!expected.getValue().equals(shape)) {
                throw new MalformedModelException("the parameter " + expected.getKey() + " has shape " + shape
                        + " in the weights and " + expected.getValue() + " in the model; build the model that the"
                        + " weights were saved from, for data and conditions of the same shapes");
            }
        }
    }
}
