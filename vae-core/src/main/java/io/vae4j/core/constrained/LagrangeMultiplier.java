package io.vae4j.core.constrained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.HostCopy;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import java.util.Optional;

/**
 * The price of violating a constraint, which rises after each step in which the constraint is violated and falls after
 * the others. Its state is one number and the moving average of the constraint, {@code C_ma <- alpha C_ma + (1 - alpha)
 * C}, from the first batch's C on. Rezende and Viola 2018, algorithm 1, https://arxiv.org/abs/1810.00597
 *
 * <p>Frozen, it stays what it is.
 */
public final class LagrangeMultiplier extends TypedBlock implements AfterStep {

    private static final Shape ONE = new Shape(1);

    private final ConstrainedProblem problem;
    private final DualAscent ascent;
    private final Parameter value;
    private final Parameter average;
    private final Parameter begun;

    LagrangeMultiplier(ConstrainedProblem problem, DualAscent ascent) {
        this.problem = problem;
        this.ascent = ascent;
        value = state("multiplier", ONE, new ConstantInitializer((float) ascent.start()));
        average = state("constraint_average", ONE, Initializer.ZEROS);
        begun = state("begun", ONE, Initializer.ZEROS);
    }

    /** The multiplier, [1]. */
    public NDArray value(Pass pass) {
        return pass.value(value);
    }

    /** The multiplier as it stands; this waits for the device. */
    public double value() {
        try (NDArray wide = value.getArray().toType(DataType.FLOAT64, true)) {
            return HostCopy.read(wide, numbers -> numbers.getDouble(0));
        }
    }

    /** Follows the constraint, as the step's batch has it. */
    @Override
    public void afterStep(CompletedStep step) {
        if (frozen()) {
            return;
        }
        Pass pass = step.pass();
        NDArray constraint = averaged(pass, problem.excess(step.terms()).mean(new int[] {0}, true));
        assign(pass, average, constraint);
        assign(pass, begun, constraint.onesLike());
        assign(pass, value, ascent.after(pass.value(value), constraint));
    }

    /** Price and moving average are linear in what they have followed, as in one step on all of it. */
    @Override
    public Optional<String> averagingRefusal() {
        return Optional.empty();
    }

    /** The first is its own average. */
    private NDArray averaged(Pass pass, NDArray fresh) {
        NDArray kept = Ops.scale(pass.value(begun), ascent.decay());
        return kept.mul(pass.value(average).sub(fresh)).add(fresh);
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(value(pass));
    }
}
