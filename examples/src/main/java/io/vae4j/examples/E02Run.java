package io.vae4j.examples;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.objective.Elbo;
import io.vae4j.experiments.training.TrainingSession;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The same model as a run: a folder with metrics, checkpoints, pictures and a report. */
public final class E02Run {

    private E02Run() {}

    /** @param arguments the run folder, new or empty; runs/e02 where none is given */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "runs/e02");
        try (TrainingSession session = TrainingSession.of(model(), Squares.data())
                .objective(new Elbo())
                .estimator(new PathwiseGradient())
                .learningRate(1e-3)
                .batch(50)
                .epochs(30)
                .seed(0)
                .build()) {
            System.out.println(session.title());
            session.run(folder); // and session.resume(folder) goes on with one, bit for bit
        }
        System.out.println("open " + folder.resolve("report.html"));
    }

    /** The model of E01: the session initializes it, from its seed and for the shapes of its data. */
    static Vae model() {
        var start = Initialization.FAN_IN_UNIFORM;
        return new Vae(
                new Mlp(List.of(100), Activation.RELU, start),
                new Gaussian(3, start),
                new NetworkDecoder(
                        new Mlp(List.of(100), Activation.RELU, start),
                        new BernoulliPixels(new Shape(1, Squares.SIDE, Squares.SIDE), start)),
                new StandardNormalPrior(3));
    }
}
