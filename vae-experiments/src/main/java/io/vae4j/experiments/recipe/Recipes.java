package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DatasetSource;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Finds recipes by name or file, applies overrides, and writes them back. */
public final class Recipes {

    /** The recipe that runs when none is named. */
    public static final String DEFAULT = "slides";

    /** The built-in recipes, in the order in which they are listed. */
    public static final List<String> NAMES = List.of(
            DEFAULT,
            "ae",
            "ae-2d",
            "vae",
            "vae-conv",
            "vae-full",
            "vae-2d",
            "vae-vamp",
            "vae-flow",
            "beta-vae",
            "beta-vae-constrained",
            "geco",
            "iwae-1",
            "iwae-5",
            "iwae-50",
            "iwae-2layer",
            "cvae",
            "cvae-prior",
            "deep-vae",
            "deep-conv",
            "deep-conv-full",
            "vq-vae",
            "vq-vae-2",
            "vq-vae-2-full",
            "fsq",
            "ppca",
            "table",
            "toy",
            "faces-32",
            "faces-64",
            "faces-64-full",
            "shapes-beta-vae",
            "shapes-beta-tcvae",
            "shapes-factor-vae",
            "shapes-dip-vae",
            "shapes-beta-vae-conv",
            "shapes-beta-tcvae-conv",
            "shapes-factor-vae-conv",
            "shapes-dip-vae-conv",
            "shapes-capacity",
            "shapes-full");

    private Recipes() {}

    /**
     * A built-in recipe, or the one in a YAML file, with {@code key=value} overrides such as {@code model.latent=10}.
     */
    public static Recipe find(String nameOrFile, List<String> overrides) {
        return checked(read(RecipeText.named(nameOrFile), overrides), new RecipeOrigin(nameOrFile, overrides));
    }

    /** A name for run folders and reports: the built-in name, or the file's without its ending. */
    public static String nameOf(String nameOrFile) {
        String file = String.valueOf(Path.of(nameOrFile).getFileName());
        return file.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** Reads a recipe from YAML text; {@code where} names it in messages. */
    public static Recipe parse(String yaml, String where, List<String> overrides) {
        return checked(read(new RecipeText(yaml, where), overrides), new RecipeOrigin(where, overrides));
    }

    /**
     * The recipe of a run that was begun, also where a later version refuses to train it so: what was trained can be
     * looked at. Before it is trained further, see {@link #requireTrainable}.
     */
    public static Recipe ofRun(Path file) {
        return read(RecipeText.file(file), List.of(), Recipes::asBegun);
    }

    /** A run writes all keys: one that says nothing of its steps is from before there were programs. */
    private static void asBegun(ObjectNode recipe) {
        if (recipe.get("train") instanceof ObjectNode train && !train.has("step")) {
            train.put("step", "eager");
        }
    }

    /** Refuses, with the reason, a recipe that cannot be trained, or whose numbers make no sense. */
    public static void requireTrainable(Recipe recipe, String where) {
        checked(recipe, new RecipeOrigin(where, List.of()));
    }

    private static Recipe read(RecipeText text, List<String> overrides) {
        return read(text, overrides, recipe -> {});
    }

    /** @param completion adds keys before all others get their defaults */
    private static Recipe read(RecipeText text, List<String> overrides, Consumer<ObjectNode> completion) {
        RecipeFormat format = RecipeFormat.current();
        RecipeOrigin origin = new RecipeOrigin(text.where(), overrides);
        ObjectNode root = new ObjectNode(JsonNodeFactory.instance);
        try {
            ObjectNode written = new RecipeTree(format).resolved(text);
            completion.accept(written);
            root.setAll(format.completed(written));
            for (String override : overrides) {
                apply(format, root, override);
            }
            return format.recipe(root);
        } catch (JsonProcessingException e) {
            throw new RecipeFaults(format, origin).explain(e, root);
        }
    }

    /** The recipe as YAML, complete. */
    public static String write(Recipe recipe) {
        try {
            return RecipeFormat.current().write(recipe);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a recipe could not be written as YAML", e);
        }
    }

    /** A data set as YAML, complete. */
    static String write(DatasetSource source) {
        try {
            return RecipeFormat.current().write(source);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a data set could not be written as YAML", e);
        }
    }

    private static Recipe checked(Recipe recipe, RecipeOrigin origin) {
        try {
            RecipeFormat.current().requireInRange(recipe);
        } catch (InvalidInput fault) {
            throw origin.locate(fault);
        }
        recipe.incompatibility().ifPresent(reason -> {
            throw new InvalidInput("the parts of the recipe do not go together", origin.recipe(), reason);
        });
        return recipe;
    }

    private static void apply(RecipeFormat format, ObjectNode root, String override) throws JsonProcessingException {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new InvalidInput("'" + override + "' is not key=value", "--set", "for example --set model.latent=10");
        }
        List<String> path = List.of(override.substring(0, equals).split("\\.", -1));
        ObjectNode given = RecipeTree.nested(path, value(format, override.substring(equals + 1), "--set " + override));
        lay(Spellings.renewed(given, root), path.size(), root, "--set " + override);
        format.completed(root);
    }

    private static JsonNode value(RecipeFormat format, String yaml, String where) {
        try {
            return format.tree(yaml, where);
        } catch (JsonProcessingException e) {
            throw RecipeFaults.noYaml(e, where);
        }
    }

    /** Sets the one value that lies so deep, under the one key of each level. */
    private static void lay(ObjectNode given, int depth, ObjectNode over, String where) {
        String key = given.fieldNames().next();
        if (depth == 1 || over.path(key).isNull()) {
            // a section that may be left out, and was so far, begins with this key
            RecipeTree.set(over, key, given.get(key));
        } else if (over.get(key) instanceof ObjectNode section) {
            lay((ObjectNode) given.get(key), depth - 1, section, where);
        } else {
            throw RecipeFaults.unknownKey(key, over.fieldNames(), where);
        }
    }
}
