package io.vae4j.experiments.evaluation.representation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The numbers that src/test/python/representation.py wrote. */
final class ScikitLearn {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode ROOT = root();

    private ScikitLearn() {}

    private static JsonNode root() {
        try (InputStream file = ScikitLearn.class.getResourceAsStream("/representation/scikit-learn.json")) {
            return JSON.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T at(String path, Class<T> type) {
        return JSON.convertValue(ROOT.at(path), type);
    }

    static double[][] matrix(String name) {
        return at("/" + name, double[][].class);
    }

    static int[] classes(String path) {
        return at("/" + path, int[].class);
    }
}
