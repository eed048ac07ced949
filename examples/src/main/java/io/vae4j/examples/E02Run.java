package io.vae4j.examples;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.objective.Elbo;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.TrainedModel;
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

/** The same model as a run: a folder with metrics, checkpoints, pictures and a report, and how to read it back. */
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
        open(folder);
    }

    /** The run later, in another program: the code makes the model again, its folder gives the weights. */
    private static void open(Path folder) throws IOException {
        Dataset data = Squares.data();
        DataView view = DataView.plain(data.summary()); // data reach the model as they are stored, with no condition
        try (TrainedModel trained = TrainedModel.load(RunFolder.reading(folder), model(), view, Device.cpu());
                NDManager manager = trained.newManager()) {
            NDArray x = data.test().select(0, 1, 2).values().stored(manager); // [3, 1, 12, 12]
            NDArray z = trained.encode(x, Condition.none());
            System.out.println("read back after epoch " + trained.epoch() + ", z " + z.getShape());
        }
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
