package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Records that are written as YAML by the same rules as recipes: strict keys, defaults, kinds of parts, ranges. */
public final class YamlRecords {

    private static final long LARGEST_FILE = 1 << 20;

    private YamlRecords() {}

    /**
     * The text of a file that a user gives.
     *
     * @param what it is, for people, such as {@code a recipe}
     * @throws InvalidInput if there is none, it is too large for one, or it cannot be read
     */
    public static String text(Path file, String what) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(
                    Files.isDirectory(file) ? "this is a folder" : "there is no such file",
                    file.toString(),
                    "give " + what);
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInput("the file is larger than 1 MiB", file.toString(), "give " + what);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInput(
                    "the file cannot be read: " + e.getMessage(), file.toString(), "give a readable UTF-8 file");
        }
    }

    /**
     * Reads a record.
     *
     * @param where names the text in messages
     * @param written changes the keys as they were written, before defaults are added
     * @throws InvalidInput if a key is unknown or missing, or a value does not fit
     */
    public static <R extends Record> R read(String yaml, String where, Class<R> type, Consumer<ObjectNode> written) {
        RecipeFormat format = RecipeFormat.current();
        RecipeFaults faults = new RecipeFaults(format, new RecipeOrigin(where, List.of()));
        ObjectNode root = tree(format, yaml, where);
        written.accept(root);
        try {
            return format.ranged(format.completed(root, type), type);
        } catch (JsonProcessingException e) {
            throw faults.explain(e, root);
        } catch (InvalidInput fault) {
            throw new RecipeOrigin(where, List.of()).locate(fault);
        }
    }

    private static ObjectNode tree(RecipeFormat format, String yaml, String where) {
        JsonNode tree;
        try {
            tree = format.tree(yaml, where);
        } catch (JsonProcessingException e) {
            throw RecipeFaults.noYaml(e, where + ", line " + e.getLocation().getLineNr());
        }
        if (tree instanceof ObjectNode root) {
            return root;
        }
        throw new InvalidInput("the file is empty or not a mapping", where, "write keys and values, as in key: value");
    }

    /** The record as YAML, complete. */
    public static String write(Record record) {
        try {
            return RecipeFormat.current().written(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a record could not be written as YAML", e);
        }
    }
}
