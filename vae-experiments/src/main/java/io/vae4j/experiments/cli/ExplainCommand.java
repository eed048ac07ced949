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

    /** TorchScript skips comments, so that all of it may be given to torch. */
    private static final String LEGEND = """
            # One step of training as one TorchScript program: forward, backward and the update, in one call.
            # a0, a1, ...   what a step is given, in the order in which it is met: examples, labels, noise
            # p0, m0, v0    the parameters, and Adam's two moments of each; p1 and so on: of parts with a loss of their own
            # others        weights and counts that no optimizer moves
            # constants     numbers that stay the same
            # numbers       those that change from step to step: the rate, Adam's count, a weight that warms up
            # guard0        whether something is not finite, in which case the step is left out
            # Shapes stand behind each line; a name with an underscore at its end writes over its first operand.
            # The losses of the examples are returned first.
            """;

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
            spec.commandLine().getOut().print(LEGEND + session.explained());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
