package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.cluster.ClusterInference;
import io.vae4j.experiments.cluster.InferenceTask;
import io.vae4j.experiments.cluster.RowColumns;
import io.vae4j.experiments.cluster.RowQuestion;
import io.vae4j.experiments.device.DeviceRequest;
import io.vae4j.experiments.run.CheckpointChoice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * On which cluster a command works, if on any, and on which columns of a table. What else the command is given is read
 * as the user typed it: an address such as {@code hdfs://host/runs/mine} is no path of this machine.
 */
final class ClusterOptions {

    /** What goes with a cluster; the rest is refused. */
    private static final Set<String> GOES_ALONG = Set.of(
            "--master",
            "--column",
            "--labels",
            "--index",
            "--data",
            "--out",
            "--samples",
            "--bound",
            "--examples",
            "--condition",
            "--seed",
            "--checkpoint",
            "--device",
            "--quiet",
            "--plugin",
            "--verbose");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "a Spark master, such as spark://host:7077: the rows of the Parquet files of --data are put to"
                            + " the model there, and --out becomes Parquet files of all columns and the answers; see"
                            + " docs/spark.md")
    private Optional<String> master = Optional.empty();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "with --master: the column of values or pictures; default the only one")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--labels",
            paramLabel = "NAME",
            description = "with --master: the column of classes, for a conditional model")
    private Optional<String> labels = Optional.empty();

    @Option(
            names = "--index",
            paramLabel = "NAME",
            description =
                    "with --master: a column of whole numbers from 0 by which noise is drawn; default a row's place"
                            + " in its files")
    private Optional<String> index = Optional.empty();

    /** Whether the command is to work on a cluster. */
    boolean isAsked() {
        if (master.isEmpty() && (column.isPresent() || labels.isPresent() || index.isPresent())) {
            throw new InvalidInput(
                    "--column, --labels and --index are of a table on a cluster",
                    spec.name(),
                    "give --master, or leave them away");
        }
        return master.isPresent();
    }

    /** Puts the question to the model about each row, and says where the answers are. */
    int ask(RowQuestion question) throws IOException {
        ParseResult given = spec.commandLine().getParseResult();
        requireUsable(given);
        InferenceTask task = task(question, given);
        Console console = new Console(spec);
        boolean quiet = given.hasMatchedOption("--quiet");
        Clusters.provider(ClusterInference.class)
                .answer(task, quiet ? line -> {} : console::tell)
                .forEach(console::answer);
        console.answer(task.out());
        return 0;
    }

    private void requireUsable(ParseResult given) {
        given.matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !GOES_ALONG.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInput(
                            name + " does not go with --master", spec.name(), "leave one of the two away");
                });
        List.of("--data", "--out").forEach(name -> {
            if (!given.hasMatchedOption(name)) {
                throw new InvalidInput(
                        name + " is missing", spec.name(), "with --master give Parquet files, to read and to write");
            }
        });
    }

    private InferenceTask task(RowQuestion question, ParseResult given) {
        Optional<Integer> examples = given.matchedOptionValue("--examples", Optional.empty());
        examples.ifPresent(asked -> OptionChecks.atLeast("--examples", 1, asked, spec.name()));
        return new InferenceTask(
                master.orElseThrow(),
                question,
                typed(given.matchedPositional(0)),
                CheckpointChoice.parse(given.matchedOptionValue("--checkpoint", "last")),
                DeviceRequest.parse(given.matchedOptionValue("--device", "auto")),
                typed(given.matchedOption("--data")),
                new RowColumns(column, labels, index),
                typed(given.matchedOption("--out")),
                examples,
                given.matchedOptionValue("--condition", Optional.empty()),
                given.matchedOptionValue("--seed", 0L));
    }

    private String typed(ArgSpec argument) {
        List<String> values = argument.originalStringValues();
        if (values.size() != 1) {
            throw new InvalidInput(
                    values.size() + " values of " + argument.paramLabel(), spec.name(), "with --master give one");
        }
        return values.get(0);
    }
}
