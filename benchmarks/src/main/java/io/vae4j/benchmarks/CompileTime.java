package io.vae4j.benchmarks;

import ai.djl.Device;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.TrainingSession;
import java.util.List;
import java.util.Locale;

/**
 * How long a recipe's step takes to become a program: the seconds of the first two steps, in which it is taken down and
 * compiled, less those of two steps that follow. Batches of 16 images of 28 x 28 random bytes, or of the recipe's own
 * data where it wants bits; models as they are.
 *
 * <p>How to run: {@code CompileTime [RECIPE ...]} on the class path of the benchmarks; all recipes without one. The
 * first recipe pays for what the process does once.
 */
public final class CompileTime {

    private CompileTime() {}

    /** Prints a line for each recipe. */
    public static void main(String[] recipes) {
        Dataset random = Workbench.randomData(64);
        for (String name : recipes.length > 0 ? List.of(recipes) : Recipes.NAMES) {
            Recipe recipe = Recipes.find(name, List.of("train.batch=16"));
            Dataset data = name.startsWith("shapes") ? recipe.data().load(DataAccess.standard()) : random;
            System.out.println("| " + name + " | " + measured(recipe, data) + " |");
        }
    }

    private static String measured(Recipe recipe, Dataset data) {
        try (TrainingSession session = TrainingSession.of(recipe, data, 0, Device.cpu())) {
            double first = seconds(session);
            return String.format(Locale.ROOT, "%.2f", first - seconds(session));
        } catch (InvalidInput other) {
            return "-"; // it wants data of another kind
        }
    }

    private static double seconds(TrainingSession session) {
        long start = System.nanoTime();
        session.explained();
        return (System.nanoTime() - start) / 1e9;
    }
}
