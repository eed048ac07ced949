package io.vae4j.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;

/** A VAE, trained in a loop of one's own. */
public final class E01OwnLoop {

    private E01OwnLoop() {}

    public static void main(String[] arguments) {
        try (NDManager manager = NDManager.newBaseManager()) {
            manager.getEngine().setRandomSeed(0);
            train(manager, Squares.data().train().values().stored(manager)); // [1000, 1, 12, 12], 0 or 1
        }
    }

    private static void train(NDManager manager, NDArray data) {
        var start = Initialization.FAN_IN_UNIFORM;
        var encoder = new Mlp(List.of(100), Activation.RELU, start); //                            x -> features
        var posterior = new Gaussian(3, start); //                                                 features -> q(z|x)
        var decoder = new NetworkDecoder(
                new Mlp(List.of(100), Activation.RELU, start), //                                  z -> features
                new BernoulliPixels(new Shape(1, 12, 12), start)); //                              features -> p(x|z)
        var vae = new Vae(encoder, posterior, decoder, new StandardNormalPrior(3)); //             p(z)
        vae.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 12, 12));
        try (var step = new TrainingStep(vae, new PathwiseGradient(), new FusedAdam.Settings())) {
            for (int i = 0; i < 2000; i++) {
                try (NDManager batch = manager.newSubManager()) { // owns all that one step makes
                    NDArray x = data.get("{}:{}", i % 20 * 50, i % 20 * 50 + 50);
                    x.attach(batch);
                    float loss = step.on(x, Condition.none(), new Elbo(), 1e-3).meanLoss();
                    if (i % 400 == 0 || i == 1999) System.out.printf("step %4d: %6.2f nats%n", i, loss);
                }
            }
        }
    }
}
