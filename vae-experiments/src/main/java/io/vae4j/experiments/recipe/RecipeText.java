package io.vae4j.experiments.recipe;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A recipe as it was written.
 *
 * @param where names it in messages: a built-in name, or a file
 */
record RecipeText(String yaml, String where) {

    private static final long LARGEST_FILE = 1 << 20;
    private static final String LISTED = "give a YAML file or the name of a recipe: './vae recipes' lists them";

    /** A built-in recipe, or the one in a file. */
    static RecipeText named(String nameOrFile) {
        return Recipes.NAMES.contains(nameOrFile)
                ? new RecipeText(resource(nameOrFile), nameOrFile)
                : file(Path.of(nameOrFile));
    }

    /** What this one extends: a built-in recipe, or a file beside it. */
    RecipeText extended(String nameOrFile) {
        if (Recipes.NAMES.contains(nameOrFile)) {
            return named(nameOrFile);
        }
        Optional<Path> file = beside(nameOrFile);
        if (file.isEmpty()) {
            throw new InvalidInput(
                    "there is no recipe and no file '" + nameOrFile + "' to extend",
                    where + ", extends",
                    Nearest.hint(nameOrFile, Recipes.NAMES) + LISTED);
        }
        return file(file.get());
    }

    /** A file, if the text can be a path and there is one. */
    private Optional<Path> beside(String name) {
        try {
            return Optional.of(Path.of(where).resolveSibling(name)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** One name for one recipe, however the path to it is written. */
    String identity() {
        return Recipes.NAMES.contains(where) ? where : located(Path.of(where)).toString();
    }

    private static Path located(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // a text that was given, not read, has a name and no file
            return path.toAbsolutePath().normalize();
        }
    }

    static RecipeText file(Path path) {
        if (!Files.isRegularFile(path)) {
            throw missing(path.toString());
        }
        try {
            if (Files.size(path) > LARGEST_FILE) {
                throw new InvalidInput("the file is larger than 1 MiB", path.toString(), "give a recipe");
            }
            return new RecipeText(Files.readString(path), path.toString());
        } catch (IOException e) {
            throw new InvalidInput(
                    "the file cannot be read: " + e.getMessage(), path.toString(), "give a readable UTF-8 file");
        }
    }

    private static InvalidInput missing(String name) {
        String remedy = Nearest.hint(name, Recipes.NAMES) + LISTED;
        if (Files.isDirectory(Path.of(name))) {
            return new InvalidInput("this is a folder", name, remedy);
        }
        return name.matches(".*(/|\\.ya?ml$).*")
                ? new InvalidInput("there is no such file", name, remedy)
                : new InvalidInput("there is no recipe '" + name + "'", "RECIPE", remedy);
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
}
