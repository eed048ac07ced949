package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Finds recipes by name or file, applies overrides, and writes them back. */
public final class Recipes {

    /** The recipe that runs when none is named. */
    public static final String DEFAULT = "slides";

    /** The built-in recipes, in the order in which they are listed. */
    public static final List<String> NAMES = List.of(
            DEFAULT,
            "ae",
            "vae",
            "vae-conv",
            "vae-full",
            "vae-2d",
            "vae-vamp",
            "vae-flow",
            "beta-vae",
            "iwae-1",
            "iwae-5",
            "iwae-50",
            "iwae-2layer",
            "cvae",
            "cvae-prior",
            "deep-vae",
            "vq-vae",
            "ppca");

    private static final long LARGEST_FILE = 1 << 20;

    private Recipes() {}

    /**
     * A built-in recipe, or the one in a YAML file, with {@code key=value} overrides such as {@code model.latent=10}.
     */
    public static Recipe find(String nameOrFile, List<String> overrides) {
        boolean builtIn = NAMES.contains(nameOrFile);
        return parse(builtIn ? resource(nameOrFile) : file(nameOrFile), nameOrFile, overrides);
    }

    /** A name for run folders and reports: the built-in name, or the file's without its ending. */
    public static String nameOf(String nameOrFile) {
        String file = String.valueOf(Path.of(nameOrFile).getFileName());
        return file.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /** Reads a recipe from YAML text; {@code where} names it in messages. */
    public static Recipe parse(String yaml, String where, List<String> overrides) {
        return checked(read(yaml, where, overrides), where);
    }

    /**
     * The recipe of a run that was begun, also where a later version refuses to train it so: what was trained can be
     * looked at. Before it is trained further, see {@link #requireTrainable}.
     */
    public static Recipe ofRun(Path file) {
        return read(file(file.toString()), file.toString(), List.of());
    }

    /** Refuses, with the reason, a recipe that cannot be trained. */
    public static void requireTrainable(Recipe recipe, String where) {
        checked(recipe, where);
    }

    private static Recipe read(String yaml, String where, List<String> overrides) {
        try {
            JsonNode tree = Spellings.renewed(RecipeYaml.MAPPER.readTree(yaml));
            if (!(tree instanceof ObjectNode root)) {
                throw new InvalidInput("the recipe is empty or not a mapping", where, "start from ./vae recipes");
            }
            for (String override : overrides) {
                apply(root, override);
            }
            return RecipeYaml.MAPPER.treeToValue(root, Recipe.class);
        } catch (JsonProcessingException e) {
            throw RecipeYaml.explain(e, where);
        }
    }

    /** The recipe as YAML, complete. */
    public static String write(Recipe recipe) {
        try {
            return RecipeYaml.MAPPER.writeValueAsString(recipe);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a recipe could not be written as YAML", e);
        }
    }

    private static Recipe checked(Recipe recipe, String where) {
        recipe.incompatibility().ifPresent(reason -> {
            throw new InvalidInput("the parts of the recipe do not go together", where, reason);
        });
        return recipe;
    }

    private static void apply(ObjectNode root, String override) throws JsonProcessingException {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new InvalidInput("'" + override + "' is not key=value", "--set", "for example --set model.latent=10");
        }
        String[] path = Arrays.stream(override.substring(0, equals).split("\\.", -1))
                .map(Spellings::key)
                .toArray(String[]::new);
        ObjectNode node = root;
        for (int i = 0; i < path.length - 1; i++) {
            JsonNode next = node.get(path[i]);
            if (!(next instanceof ObjectNode section)) {
                throw RecipeYaml.unknownKey(path[i], node.fieldNames(), "--set " + override);
            }
            node = section;
        }
        node.set(path[path.length - 1], Spellings.renewed(RecipeYaml.MAPPER.readTree(override.substring(equals + 1))));
    }

    private static String resource(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the built-in recipe " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in recipe " + name + " cannot be read", e);
        }
    }

    private static InvalidInput missing(String name) {
        String remedy = Nearest.hint(name, NAMES) + "give a YAML file or one of " + NAMES;
        if (Files.isDirectory(Path.of(name))) {
            return new InvalidInput("this is a folder", name, remedy);
        }
        return name.matches(".*(/|\\.ya?ml$).*")
                ? new InvalidInput("there is no such file", name, remedy)
                : new InvalidInput("there is no recipe '" + name + "'", "RECIPE", remedy);
    }

    private static String file(String name) {
        Path path = Path.of(name);
        if (!Files.isRegularFile(path)) {
            throw missing(name);
        }
        try {
            if (Files.size(path) > LARGEST_FILE) {
                throw new InvalidInput("the file is larger than 1 MiB", name, "give a recipe");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new InvalidInput("the file cannot be read: " + e.getMessage(), name, "give a readable UTF-8 file");
        }
    }
}
