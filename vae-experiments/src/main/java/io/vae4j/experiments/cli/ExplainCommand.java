package io.vae4j.experiments.cli;

import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a step of training runs as. */
@Command(
        name = "explain",
        description = {
            "Prints the program that a step of a recipe runs as with train.step=compiled.",
            "It is TorchScript: every operation forward and back, with the shape of what it makes, and the update."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "RECIPE",
            description = "a name from 'vae recipes' or a YAML file; default " + Recipes.DEFAULT)
    private String recipe = Recipes.DEFAULT;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "overrides a key of the recipe; repeatable")
    private List<String> overrides = List.of();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        device.request();
        Recipe found = data.applied(Recipes.find(recipe, data.before(overrides)));
        Recipes.requireTrainable(found, recipe);
        Dataset loaded = data.load(found, new Console(spec)::tell);
        try (TrainingSession session =
                TrainingSession.of(found, loaded, 0, device.ready().device())) {
            spec.commandLine().getOut().print(session.explained());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
