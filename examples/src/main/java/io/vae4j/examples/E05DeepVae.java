package io.vae4j.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.model.StochasticLayer;
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

/** A deep VAE is a VAE whose prior is a VAE: q(h1|x) q(h2|h1) and p(h2) p(h1|h2) p(x|h1). */
public final class E05DeepVae {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    private E05DeepVae() {}

    /** @param arguments the run folder, new or empty; runs/e05 where none is given */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "runs/e05");
        Vae upper = new Vae( //                                     the prior of h1
                network(30),
                new Gaussian(2, START), //                          q(h2|h1)
                new NetworkDecoder(network(30), new Gaussian(6, START)), // p(h1|h2)
                new StandardNormalPrior(2)); //                     p(h2)
        Vae deep = new Vae(
                network(100),
                new Gaussian(6, START), //                          q(h1|x)
                new NetworkDecoder(network(100), new BernoulliPixels(new Shape(1, Squares.SIDE, Squares.SIDE), START)),
                upper);
        try (TrainingSession session =
                TrainingSession.of(deep, Squares.data()).batch(50).epochs(30).build()) {
            session.run(folder);
            describe(session.model(), session);
        }
    }

    private static void describe(TrainedModel model, TrainingSession session) {
        try (NDManager manager = model.newManager()) {
            NDArray x = session.data().test().values().stored(manager);
            List<StochasticLayer> layers = model.model()
                    .boundTerms(model.evaluation(manager, 0, 0), x, Condition.none(), 100)
                    .layers();
            for (int i = 0; i < layers.size(); i++) {
                System.out.printf(
                        "KL of layer %d: %.2f nats%n",
                        i + 1, layers.get(i).kl().mean().getFloat());
            }
        }
    }

    private static Mlp network(int width) {
        return new Mlp(List.of(width), Activation.RELU, START);
    }
}
