package io.vae4j.examples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.models.Vae;

/** One model under two objectives and two gradient estimators, compared by the same estimate of log p(x). */
public final class E04OtherObjectives {

    private E04OtherObjectives() {}

    public static void main(String[] arguments) {
        compare("VAE", new Elbo(), new PathwiseGradient());
        compare("IWAE, k = 8", new Iwae(8), new PathwiseGradient());
        compare("IWAE, k = 8, DReG", new Iwae(8), new DoublyReparameterized());
    }

    private static void compare(String name, Objective objective, GradientEstimator estimator) {
        try (NDManager manager = NDManager.newBaseManager()) {
            manager.getEngine().setRandomSeed(0);
            NDArray train = Squares.data().train().values().stored(manager);
            Vae vae = E02Run.model();
            vae.initialize(
                    manager,
                    DataType.FLOAT32,
                    new Shape(1).addAll(train.getShape().slice(1)));
            try (TrainingStep step = new TrainingStep(vae, estimator, new FusedAdam.Settings())) {
                for (int i = 0; i < 1000; i++) {
                    try (NDManager batch = manager.newSubManager()) {
                        NDArray x = train.get("{}:{}", i % 20 * 50, i % 20 * 50 + 50);
                        x.attach(batch);
                        step.on(x, Condition.none(), objective, 1e-3);
                    }
                }
            }
            NDArray test = Squares.data().test().values().stored(manager);
            System.out.printf("%-18s NLL %.2f nats%n", name, -logLikelihood(vae, test));
        }
    }

    /** The mean of log 1/K sum_k p(x,z_k) / q(z_k|x), by 500 samples. */
    private static float logLikelihood(Vae vae, NDArray x) {
        NDManager owner = x.getManager();
        Pass pass = Pass.evaluation(new ParameterStore(owner, false), owner, Noise.seeded(1, 0, 0));
        NDArray logWeight = vae.boundTerms(pass, x, Condition.none(), 500).logWeight(); // [500, B]
        return Ops.logMeanExp(logWeight, 0).mean().getFloat();
    }
}
