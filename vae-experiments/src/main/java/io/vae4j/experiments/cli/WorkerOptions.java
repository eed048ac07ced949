package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.run.LocalSgdRecord;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who takes the steps of a training. */
final class WorkerOptions {

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = {
                "trains by local SGD: N workers take steps, each on its own share of the examples, and are averaged now"
                        + " and then. Without --master they take turns in this process, which is no faster and comes to"
                        + " the same"
            })
    private Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--local-steps",
            paramLabel = "H",
            description = "with --workers: the steps of each between two averages; default " + LocalSgd.LOCAL_STEPS)
    private Optional<Integer> localSteps = Optional.empty();

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "with --workers: the Spark cluster whose executors they are, such as spark://host:7077; see"
                    + " docs/local-sgd.md")
    private Optional<String> master = Optional.empty();

    /**
     * The workers of a run that begins or goes on.
     *
     * @param before those that it has had so far, which it keeps unless others are asked for
     */
    Optional<LocalSgd> method(Optional<LocalSgdRecord> before) {
        workers.ifPresent(number -> OptionChecks.between("--workers", 1, LocalSgd.MOST_WORKERS, number, "train"));
        localSteps.ifPresent(number -> OptionChecks.atLeast("--local-steps", 1, number, "train"));
        Optional<Integer> number = workers.or(() -> before.map(LocalSgdRecord::workers));
        if (number.isEmpty()) {
            refuse("--local-steps", localSteps.isPresent());
            refuse("--master", master.isPresent());
        }
        int steps = localSteps.or(() -> before.map(LocalSgdRecord::localSteps)).orElse(LocalSgd.LOCAL_STEPS);
        return number.map(each -> method(each, steps));
    }

    private static void refuse(String option, boolean given) {
        if (given) {
            throw new InvalidInput(option + " is given, and there are no workers", "train", "add --workers N");
        }
    }

    /**
     * Those that take the steps; it belongs to the caller.
     *
     * @param name of the run
     * @throws IOException if a cluster is asked for that does not answer
     */
    Workforce workforce(Optional<LocalSgd> method, String name) throws IOException {
        return Workforce.of(method, master, "vae4j train: " + name);
    }

    private static LocalSgd method(int workers, int steps) {
        try {
            return new LocalSgd(workers, steps);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    String.valueOf(e.getMessage()), "manifest.json", "give --workers N and --local-steps H");
        }
    }
}
