package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Latents;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Layer;
import java.util.Optional;

/**
 * The gradient that needs no differentiable draws: {@code d/dphi E_q[L] = E_q[dL/dphi at fixed z + sum_i (L - b_i)
 * d/dphi log q(z_i|x)]}, where the baseline b_i must not depend on draw i. Unbiased, and noisy. Mnih and Rezende 2016,
 * eq. 5 and 10, https://arxiv.org/abs/1602.06725
 */
public record ScoreFunction(Baseline baseline) implements Estimator {

    /** What is subtracted from the bound before it weighs the score. */
    public enum Baseline {
        /** Nothing. */
        NONE,
        /** The bound with log w_i replaced by the mean of the others (VIMCO); it needs two draws or more. */
        LEAVE_ONE_OUT
    }

    @Override
    public Optional<String> refusal(Objective objective) {
        if (!(objective instanceof WeightedBound)) {
            return Optional.of("the score-function estimator is written for bounds of importance weights; for the ELBO"
                    + " of m draws use MIWAE with m groups of 1");
        }
        return baseline == Baseline.LEAVE_ONE_OUT && objective.samples() < 2
                ? Optional.of("the leave-one-out baseline needs at least 2 draws")
                : Optional.empty();
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        WeightedBound bound = (WeightedBound) Estimator.check(this, objective);
        Evidence evidence = model.evidence(pass.with(Latents.LEAF), x, condition, bound.samples());
        Evidence atFixedDraws = evidence.withLayers(Layer::withDensityAtLatent);
        NDArray loss = bound.loss(atFixedDraws);
        NDArray signal = signal(bound, atFixedDraws.logWeight().stopGradient());
        NDArray score =
                signal.mul(atFixedDraws.logPosterior()).sum(new int[] {0}).neg();
        tape.backward(loss.add(score).mean());
        return new Estimate(evidence, loss);
    }

    /** L - b_i, [K, B], or [B] where there is no baseline, nats. */
    private NDArray signal(WeightedBound bound, NDArray logWeight) {
        NDArray whole = bound.bound(logWeight);
        return baseline == Baseline.NONE ? whole : whole.sub(leaveOneOut(bound, logWeight));
    }

    /** b_i, [K, B], nats: the bound of K weights of which the i-th is the geometric mean of the others. */
    private static NDArray leaveOneOut(WeightedBound bound, NDArray logWeight) {
        long draws = logWeight.getShape().get(0);
        long batch = logWeight.getShape().get(1);
        NDArray others = logWeight.sum(new int[] {0}, true).sub(logWeight);
        NDArray shift = Ops.scale(others, 1.0 / (draws - 1)).sub(logWeight);
        NDArray replaced = logWeight.getManager().eye((int) draws).toType(logWeight.getDataType(), false);
        // [K, K, B]: the draws first, then which of them is replaced
        NDArray onlyItself = shift.expandDims(0).mul(replaced.expandDims(-1));
        NDArray columns = onlyItself.add(logWeight.expandDims(1)).reshape(draws, draws * batch);
        return bound.bound(columns).reshape(new Shape(draws, batch));
    }
}
