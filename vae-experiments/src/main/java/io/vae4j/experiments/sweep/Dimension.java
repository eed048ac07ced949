package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The values that a key of a recipe takes in a sweep; the key {@code kind} chooses how they are given. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface Dimension {

    /** All values, in the order in which a grid takes them; empty where there is no end of them. */
    Optional<List<JsonNode>> points();

    /**
     * The value at a quantile: of a uniform random number it makes a random value.
     *
     * @param quantile in [0, 1)
     */
    JsonNode at(double quantile);

    /** How an axis shows the values. */
    Scale scale();

    /** How far two values lie apart. */
    enum Scale {
        /** By their difference. */
        LINEAR,
        /** By their ratio. */
        LOGARITHMIC,
        /** They are names, all equally far from each other. */
        NAMES
    }
}
