package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.RecipeKeys;
import io.vae4j.experiments.recipe.Recipes;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the recipes, or prints one. */
@Command(
        name = "recipes",
        description = "Lists the built-in recipes, or prints one as YAML to start your own from.",
        mixinStandardHelpOptions = true)
final class RecipesCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "the recipe to print")
    private List<String> named = List.of();

    @Option(names = "--keys", description = "shows every key that a recipe may have, with its kinds and values")
    private boolean keys;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (keys && !named.isEmpty()) {
            throw new InvalidInput("--keys shows the keys of all recipes", "recipes", "leave RECIPE or --keys away");
        }
        if (keys) {
            RecipeKeys.lines().forEach(out::println);
            out.flush();
            return;
        }
        for (String name : named) {
            out.print(Recipes.write(Recipes.find(name, List.of())));
        }
        if (named.isEmpty()) {
            int longest = Recipes.NAMES.stream().mapToInt(String::length).max().orElseThrow();
            for (String name : Recipes.NAMES) {
                String mark = name.equals(Recipes.DEFAULT) ? " (default)" : "";
                out.printf(
                        "%-" + longest + "s %s%s%n",
                        name,
                        Recipes.find(name, List.of()).description(),
                        mark);
            }
        }
        out.flush();
    }
}
