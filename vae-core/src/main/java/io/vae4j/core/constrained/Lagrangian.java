package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.AdaptiveObjective;

/**
 * A problem with a constraint as an objective: {@code cost + lambda excess}, where the multiplier lambda finds its own
 * value in training. At the solution the excess is zero, the loss is the cost, and lambda is what a unit more of the
 * limit would save: {@code lambda = -d cost / d limit}.
 *
 * <pre>{@code
 * var objective = new Lagrangian(new KlAtMost(15, 1), new DualAscent(Update.PROJECTED, 1e-3, 1, 100, 0));
 * var step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings(), objective);
 * }</pre>
 */
public final class Lagrangian implements AdaptiveObjective {

    private final ConstrainedProblem problem;
    private final DualAscent ascent;
    private final LagrangeMultiplier multiplier;

    public Lagrangian(ConstrainedProblem problem, DualAscent ascent) {
        this.problem = problem;
        this.ascent = ascent;
        multiplier = new LagrangeMultiplier(problem, ascent);
    }

    /** What is minimized under which constraint. */
    public ConstrainedProblem problem() {
        return problem;
    }

    /** Lambda. */
    public LagrangeMultiplier multiplier() {
        return multiplier;
    }

    @Override
    public Block part() {
        return multiplier;
    }

    @Override
    public int samples() {
        return problem.samples();
    }

    /** A penalty of the posterior is no part of the problem, and is added. */
    @Override
    public NDArray loss(BoundTerms terms) {
        NDArray price = problem.excess(terms).mul(multiplier.value(AdaptiveObjective.constants(terms)));
        NDArray loss = problem.cost(terms).add(price);
        return terms.penalty().map(loss::add).orElse(loss);
    }

    @Override
    public String toString() {
        return "Lagrangian[" + problem + ", " + ascent + "]";
    }
}
