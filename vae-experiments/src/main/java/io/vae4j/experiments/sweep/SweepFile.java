package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.YamlRecords;
import java.nio.file.Path;
import java.util.Map;

/** Reads what a sweep is from YAML. */
final class SweepFile {

    /** Where a fault is, as far as a record can know; whoever reads the file says it better. */
    static final String VALUES = "sweep";

    private SweepFile() {}

    /**
     * The sweep that a file describes.
     *
     * @throws InvalidInput if it describes none
     */
    static SweepSpec read(Path file) {
        return parse(YamlRecords.text(file, "a sweep, such as examples/sweeps/latent-and-rate.yaml"), file.toString());
    }

    /** The same of its text; {@code where} names it in messages. */
    static SweepSpec parse(String yaml, String where) {
        try {
            return YamlRecords.read(yaml, where, SweepSpec.class, SweepFile::spelledOut);
        } catch (InvalidInput fault) {
            throw fault.where().equals(VALUES) ? fault.at(where) : fault;
        }
    }

    /** A list of values stands for the kind of dimension that has one. */
    private static void spelledOut(ObjectNode sweep) {
        if (sweep.get("vary") instanceof ObjectNode vary) {
            for (Map.Entry<String, JsonNode> dimension : vary.properties()) {
                if (dimension.getValue() instanceof ArrayNode values) {
                    ObjectNode listed = JsonNodeFactory.instance.objectNode().put("kind", "list");
                    dimension.setValue(listed.set("values", values));
                }
            }
        }
    }
}
