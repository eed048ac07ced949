package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.ImportanceWeightedObjective;
import io.vae4j.core.objective.Objective;
import java.util.Optional;

/**
 * The gradient that needs no differentiable samples: {@code d/dphi E_q[L] = E_q[dL/dphi at fixed z + sum_i (L - b_i)
 * d/dphi log q(z_i|x)]}, where the baseline b_i must not depend on sample i. Unbiased, and noisy. Mnih and Rezende
 * 2016, eq. 5 and 10, https://arxiv.org/abs/1602.06725
 */
public record ScoreFunction(Baseline baseline) implements GradientEstimator {

    /** What is subtracted from the bound before it weighs the score. */
    public enum Baseline {
        /** Nothing. */
        NONE,
        /** The bound with log w_i replaced by the mean of the others (VIMCO); it needs two samples or more. */
        LEAVE_ONE_OUT
    }

    @Override
    public Optional<String> incompatibility(Objective objective) {
        if (!(objective instanceof ImportanceWeightedObjective)) {
            return Optional.of("the score-function estimator is written for bounds of importance weights; for the ELBO"
                    + " of m samples use MIWAE with m groups of 1");
        }
        return baseline == Baseline.LEAVE_ONE_OUT && objective.samples() < 2
                ? Optional.of("the leave-one-out baseline needs at least 2 samples")
                : Optional.empty();
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        ImportanceWeightedObjective bound = (ImportanceWeightedObjective) GradientEstimator.check(this, objective);
        BoundTerms terms = model.boundTerms(pass.with(Latents.LEAF), x, condition, bound.samples());
        BoundTerms atFixedSamples = terms.withLayers(StochasticLayer::withDensityAtLatent);
        NDArray loss = bound.loss(atFixedSamples);
        NDArray signal = signal(bound, atFixedSamples.logWeight().stopGradient());
        NDArray score =
                signal.mul(atFixedSamples.logPosterior()).sum(new int[] {0}).neg();
        tape.backward(loss.add(score).mean());
        return new Estimate(terms, loss);
    }

    /** L - b_i, [K, B], or [B] where there is no baseline, nats. */
    private NDArray signal(ImportanceWeightedObjective bound, NDArray logWeight) {
        NDArray whole = bound.bound(logWeight);
        return baseline == Baseline.NONE ? whole : whole.sub(leaveOneOut(bound, logWeight));
    }

    /** b_i, [K, B], nats: the bound of K weights of which the i-th is the geometric mean of the others. */
    private static NDArray leaveOneOut(ImportanceWeightedObjective bound, NDArray logWeight) {
        long samples = logWeight.getShape().get(0);
        long batch = logWeight.getShape().get(1);
        NDArray others = logWeight.sum(new int[] {0}, true).sub(logWeight);
        NDArray shift = Ops.scale(others, 1.0 / (samples - 1)).sub(logWeight);
        NDArray replaced = logWeight.getManager().eye((int) samples).toType(logWeight.getDataType(), false);
        // [K, K, B]: the samples first, then which of them is replaced
        NDArray onlyItself = shift.expandDims(0).mul(replaced.expandDims(-1));
        NDArray columns = onlyItself.add(logWeight.expandDims(1)).reshape(samples, samples * batch);
        return bound.bound(columns).reshape(new Shape(samples, batch));
    }
}
