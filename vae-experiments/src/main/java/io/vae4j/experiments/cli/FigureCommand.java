package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Drawing;
import io.vae4j.experiments.figure.Figure;
import io.vae4j.experiments.figure.FigureFiles;
import io.vae4j.experiments.figure.FigureOptions;
import io.vae4j.experiments.figure.Figures;
import io.vae4j.experiments.figure.Subject;
import io.vae4j.experiments.run.FigureRecord;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a figure of trained runs. */
@Command(
        name = "figure",
        description = {
            "Draws a figure of one or more trained runs, or of a small model of its own.",
            "Writes NAME.png and NAME.svg into the folder 'figures' of the run, whose report shows it from then on; of several"
                    + " or no runs into the folder 'figures' here. What is to be seen is told on standard error; the last line on"
                    + " standard output is the path of the picture."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FigureCommand implements Callable<Integer> {

    /** More would fill the memory, and no picture shows them. */
    private static final int MOST = 100_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "a figure; --list shows them")
    private Optional<String> name = Optional.empty();

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "RUN", description = "run folders")
    private List<Path> runs = List.of();

    @Option(names = "--list", description = "lists the figures")
    private boolean list;

    @Option(names = "--examples", paramLabel = "N", description = "how many test examples; each figure has a default")
    private Optional<Integer> examples = Optional.empty();

    @Option(names = "--samples", paramLabel = "K", description = "how many samples of each; each figure has a default")
    private Optional<Integer> samples = Optional.empty();

    @Option(
            names = "--choose",
            split = ",",
            paramLabel = "I",
            description = "certain test examples by their places from 0, such as 3,18")
    private List<Integer> chosen = List.of();

    @Option(
            names = "--condition",
            paramLabel = "C",
            description = "a class of a conditional model, by name or number, where a figure shows one")
    private Optional<String> condition = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of all that is drawn at random; default 0")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "where the files go")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final CheckpointOption checkpoint = new CheckpointOption();

    @Mixin
    private final DeviceOptions device = new DeviceOptions();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Figures.all()
                    .forEach(figure -> new Console(spec)
                            .answer(String.format(Locale.ROOT, "%-22s %s", figure.name(), figure.summary())));
            return 0;
        }
        Figure figure = Figures.named(name.orElseThrow(
                () -> new InvalidInput("no figure is named", "figure", "'vae figure --list' shows them")));
        if (runs.isEmpty() && figure.runs() == Figure.Runs.ONE_OR_MORE) {
            throw new InvalidInput("no run is named", "figure " + figure.name(), "give one or more run folders");
        }
        requireOptions();
        Path folder = out.orElseGet(() -> (runs.size() == 1 ? runs.get(0) : Path.of("")).resolve(FigureRecord.FOLDER));
        OptionChecks.folder(folder);
        if (runs.isEmpty()) {
            // no model is opened, which would start the engine
            device.ready();
        }
        List<Subject> subjects = new ArrayList<>();
        try {
            for (Path run : runs) {
                subjects.add(open(run));
            }
            draw(figure, subjects, folder);
        } finally {
            for (Subject subject : subjects) {
                subject.close();
                subject.trained().close();
            }
        }
        return 0;
    }

    private void requireOptions() {
        device.request();
        examples.ifPresent(asked -> OptionChecks.between("--examples", 1, MOST, asked, "figure"));
        samples.ifPresent(asked -> OptionChecks.between("--samples", 1, MOST, asked, "figure"));
        chosen.forEach(asked -> OptionChecks.atLeast("--choose", 0, asked, "figure"));
        ChartStyle.obstacle().ifPresent(reason -> {
            throw new InvalidInput("nothing can be drawn", "figure", reason);
        });
    }

    private Subject open(Path run) throws IOException, InterruptedException {
        TrainedModel trained = device.open(run, checkpoint.choice());
        RunFolder folder = RunFolder.reading(run);
        return new Subject(
                folder,
                trained,
                () -> data.ofRun(TrainedModel.recipe(folder), folder.manifest(), new Console(spec)::tell));
    }

    private void draw(Figure figure, List<Subject> subjects, Path folder) throws IOException {
        figure.incompatibility(subjects).ifPresent(reason -> {
            throw new InvalidInput(reason, "figure " + figure.name(), "'vae figure --list' shows the others");
        });
        Drawing drawing = figure.draw(subjects, options());
        Console console = new Console(spec);
        console.tell(drawing.caption());
        Path written = FigureFiles.write(drawing, figure.name(), subjects, folder);
        if (subjects.size() == 1 && out.isEmpty()) {
            console.tellReport(runs.get(0));
        }
        console.answer(written.toString());
    }

    private FigureOptions options() {
        return new FigureOptions(seed, whole(examples), whole(samples), chosen, condition);
    }

    private static OptionalInt whole(Optional<Integer> given) {
        return given.isPresent() ? OptionalInt.of(given.get()) : OptionalInt.empty();
    }
}
