package io.vae4j.experiments.cli;

import io.vae4j.core.model.Normalization;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.application.ExampleScores;
import io.vae4j.experiments.application.ScoreTable;
import io.vae4j.experiments.application.Scoring;
import io.vae4j.experiments.cluster.RowQuestion;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.evaluation.Auroc;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.experiments.output.OutputTarget;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.training.ModelCard;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes how well a model explains each example. */
@Command(
        name = "score",
        description = {
            "Writes minus a bound of log p(x) of each example with its standard error, outliers first.",
            "Columns: index, nll, standard_error, effective_sample_size, reconstruction_error, label; nats. A plain"
                    + " autoencoder, which has no density, gives reconstruction errors alone. Images give a picture as"
                    + " well, beside the file if none of its name is there, of the most outlying examples above their"
                    + " reconstructions; with --out FILE.png it is all that is written. The mean is printed, and"
                    + " with --outliers how well they are found. The last line on standard output is the file."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScoreCommand implements Callable<Integer> {

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "for each example; default 100. By 1 it is the ELBO, estimated by 100 draws")
    private long samples = Scoring.usual().samples();

    @Option(
            names = "--bound",
            paramLabel = "elbo|iwae",
            description = "the ELBO, or the importance-weighted bound; default iwae")
    private LikelihoodBound bound = Scoring.usual().bound();

    @Option(
            names = "--outliers",
            paramLabel = "CLASS",
            description = "prints the area under the ROC curve (AUROC) of finding this class, by nll and by"
                    + " reconstruction error, with its standard error (Hanley and McNeil 1982)")
    private Optional<String> outliers = Optional.empty();

    @Mixin
    private final ApplicationOptions options = new ApplicationOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionChecks.between("--samples", 1, OptionChecks.MOST_SAMPLES, samples, "score");
        return cluster.isAsked()
                ? cluster.ask(new RowQuestion.Scores(Scoring.asked(bound, samples)))
                : options.all(this::scored);
    }

    private Path scored(BatchInference inference, ApplicationOptions.Asked asked) throws IOException {
        Optional<boolean[]> outlying = outliers.map(name -> ofClass(inference, name));
        requireDrawable(inference.trained(), asked.target());
        ExampleScores scores = scores(inference, asked);
        Path written = written(new ScoreTable(inference, scores), asked, inference.trained());
        scores.nll().ifPresent(nll -> tell(asked.console(), Mean.of(nll), nll.length));
        outlying.ifPresent(positive -> {
            scores.aurocByNll(positive).ifPresent(auroc -> tell(asked.console(), "nll", auroc));
            tell(asked.console(), "reconstruction error", scores.aurocByReconstructionError(positive));
        });
        return written;
    }

    private static void requireDrawable(TrainedModel trained, OutputTarget target) {
        if (target.format().isPicture() && !trained.view().summary().isImage()) {
            throw new InvalidInput(
                    "examples are no images, of which a picture could be drawn",
                    target.path().toString(),
                    "give --out a name that ends in .csv or .npz");
        }
    }

    private ExampleScores scores(BatchInference inference, ApplicationOptions.Asked asked) {
        ModelCard card = inference.trained().card();
        if (card.density() == Density.NONE) {
            asked.console()
                    .tell("the posterior is a point mass, so the model has no bound of log p(x): scores are"
                            + " reconstruction errors");
        } else if (card.normalization() == Normalization.NONE) {
            asked.console().tell(card.likelihood() + " is no likelihood: scores are no bounds of log p(x)");
        }
        return Scoring.asked(bound, samples).scores(inference, asked.progress());
    }

    private static Path written(ScoreTable table, ApplicationOptions.Asked asked, TrainedModel trained)
            throws IOException {
        OutputTarget target = asked.target();
        // the scores took minutes: no fault of the picture's place may cost them
        Path written = table.write(target);
        if (trained.view().summary().isImage() && !target.format().isPicture()) {
            String name = String.valueOf(target.path().getFileName());
            Path picture = target.path().resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".png");
            if (Files.exists(picture)) {
                asked.console().tell(picture + " is there and stays; score --out FILE.png draws these outliers");
            } else {
                asked.console().tell("wrote " + table.draw(OutputTarget.at(picture)));
            }
        }
        return written;
    }

    /** Which examples are outliers, told before minutes of scoring. */
    private static boolean[] ofClass(BatchInference inference, String name) {
        if (!(inference.labels() instanceof Labels.Classes known)) {
            throw new InvalidInput("the examples have no classes", "--outliers " + name, "give data with labels");
        }
        List<String> classes = known.classNames();
        boolean[] outlying = new boolean[inference.count()];
        for (int i = 0; i < outlying.length; i++) {
            outlying[i] = classes.get(known.of()[i]).equals(name);
        }
        long count = Arrays.stream(known.of(), 0, outlying.length)
                .filter(of -> classes.get(of).equals(name))
                .count();
        if (count == 0 || count == outlying.length) {
            throw new InvalidInput(
                    count + " of " + outlying.length + " examples are of this class",
                    "--outliers " + name,
                    "give a class that some of them have, among " + classes);
        }
        return outlying;
    }

    private static void tell(Console console, Mean nll, int count) {
        console.answer(String.format(
                Locale.ROOT,
                "mean nll of %d examples: %.2f nats, standard error %.2f",
                count,
                nll.value(),
                nll.standardError()));
    }

    private void tell(Console console, String by, Auroc auroc) {
        console.answer(String.format(
                Locale.ROOT,
                "AUROC of %s by %s: %.4f, standard error %.4f (%d among %d)",
                outliers.orElse(""),
                by,
                auroc.value(),
                auroc.standardError(),
                auroc.positives(),
                auroc.positives() + auroc.negatives()));
    }
}
