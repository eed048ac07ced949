package io.vae4j.experiments.fuzz;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Readers of recipes. */
final class RecipeReaders {

    private static final List<String> WORDS = List.of(
            "extends: ",
            "vae",
            "slides",
            "kind: ",
            "model: ",
            "data: ",
            "set: ",
            "train: ",
            "objective: ",
            "optimizer: ",
            "posterior: ",
            "prior: ",
            "likelihood: ",
            "network: ",
            "latent: ",
            "epochs: ",
            "null",
            "~",
            "{}",
            "[]",
            "{kind: ",
            "&a ",
            "*a",
            "<<: *a",
            "!!java.util.HashMap ",
            "!!binary ",
            "!!str ",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "? ",
            ": ",
            "- ",
            "|\n",
            ">\n",
            "\"",
            "'",
            "# ",
            "\n  ",
            "1e400",
            ".nan",
            ".inf",
            "-1",
            "0",
            "2147483648",
            "9223372036854775808",
            "1e300",
            "0x7f",
            "0o7",
            "1_000",
            "true",
            "recipeVersion: ",
            "path: ",
            "{kind: npz, path: ",
            "{kind: csv, path: ",
            "/dev/zero",
            "\\u0000",
            "\u0000");

    private RecipeReaders() {}

    static List<FuzzedReader> all() {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("vae", "deep-conv", "table", "vq-vae-2", "cvae-prior", "faces-32", "geco")) {
            seeds.add(FuzzedReader.utf8(Recipes.write(Recipes.find(name, List.of()))));
        }
        seeds.add(FuzzedReader.utf8("extends: vae\nmodel: {latent: 3, posterior: {kind: full-gaussian}}\n"));
        seeds.add(FuzzedReader.utf8("extends: iwae-5\ndata: {set: {kind: npz, path: mine.npz}}\n"));
        return List.of(new FuzzedReader("recipe.yaml", seeds, WORDS, RecipeReaders::recipe));
    }

    /** What is read is written so that it is read again. */
    private static void recipe(byte[] file, Path folder) throws IOException {
        Path yaml = Files.write(folder.resolve("made.yaml"), file);
        Recipe recipe = Recipes.find(yaml.toString(), List.of());
        String written = Recipes.write(recipe);
        Recipe again = Recipes.parse(written, "written", List.of());
        if (!again.equals(recipe) || !Recipes.write(again).equals(written)) {
            throw new AssertionError("what was written is not what was read: " + written);
        }
    }
}
