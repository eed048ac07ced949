package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.application.Interpolations;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what lies between the codes of examples. */
@Command(
        name = "interpolate",
        description = {
            "Writes the means of p(x|z) on the straight line between the codes of two examples.",
            "Columns: from, to, t from 0 to 1, mean. A picture (.png) has a row for each pair. The last line on standard"
                    + " output is the file."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InterpolateCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            split = ",",
            required = true,
            paramLabel = "I",
            description = "places of examples, from 0, such as 3 or 3,8")
    private List<Integer> from = List.of();

    @Option(
            names = "--to",
            split = ",",
            required = true,
            paramLabel = "J",
            description = "places of as many other examples")
    private List<Integer> to = List.of();

    @Option(names = "--steps", paramLabel = "N", description = "points of a line, the ends among them; default 11")
    private int steps = 11;

    @Mixin
    private final ApplicationOptions options = new ApplicationOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionChecks.atLeast("--steps", 2, steps, "interpolate");
        if (from.size() != to.size()) {
            throw new InvalidInput(
                    from.size() + " examples are to be connected with " + to.size(),
                    "interpolate",
                    "give --from and --to as many places");
        }
        List<Interpolations.Pair> pairs = IntStream.range(0, from.size())
                .mapToObj(i -> new Interpolations.Pair(from.get(i), to.get(i)))
                .toList();
        return options.all((inference, asked) -> new Interpolations(pairs, steps)
                .write(inference, asked.target(), asked.counting().of("pairs", pairs.size())));
    }
}
