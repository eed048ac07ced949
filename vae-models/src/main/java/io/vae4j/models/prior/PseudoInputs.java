package io.vae4j.models.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.distribution.Support;
import java.util.Arrays;

/**
 * The pseudo-inputs of a {@link VampPrior}: their number and range, and where they start.
 *
 * <p>Those of pixels are kept in (0, 1) by a sigmoid of what is learned: unlike the hard bounds of the paper's own code
 * it never stops the gradient. A start at 0 or 1 is therefore moved to 0.02 or 0.98. Those of real data are learned as
 * they are.
 *
 * @param shape [C, ...X]: C pseudo-inputs of the data's shape
 * @param support the values that the data take
 * @param start the start of what is learned, that is before the sigmoid
 */
public record PseudoInputs(Shape shape, Support support, Initializer start) {

    private static final double MARGIN = 0.02;

    public PseudoInputs {
        if (shape.dimension() < 2 || shape.get(0) < 1) {
            throw new IllegalArgumentException("the pseudo-inputs have shape " + shape
                    + "; expected [C, ...X], at least one input of the data's shape");
        }
    }

    /**
     * Pseudo-inputs that start at the mean of the data, with noise that tells them apart.
     *
     * @param mean of the training data, [...X]
     * @param noise standard deviation, in logits for pixels; positive
     * @param count C
     */
    public static PseudoInputs around(NDArray mean, double noise, int count, Support support) {
        if (!(noise > 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("the noise of the pseudo-inputs is " + noise
                    + "; expected a positive number, or they would stay equal for ever");
        }
        double[] center = unconstrained(mean, support);
        Shape shape = new Shape(count).addAll(mean.getShape());
        Initializer start = (manager, wanted, type) -> {
            try (NDArray typed = owned(manager, center, mean(wanted), type)) {
                // the noise is on the left because what is returned must belong to the model's manager alone
                return manager.randomNormal(0, (float) noise, wanted, type).addi(typed);
            }
        };
        return new PseudoInputs(shape, support, start);
    }

    /**
     * Pseudo-inputs that start at given examples.
     *
     * @param examples [C, ...X]
     */
    public static PseudoInputs at(NDArray examples, Support support) {
        double[] values = unconstrained(examples, support);
        Initializer start = (manager, wanted, type) -> owned(manager, values, wanted, type);
        return new PseudoInputs(examples.getShape(), support, start);
    }

    /** How many they are, C. */
    long count() {
        return shape.get(0);
    }

    /** From what is learned to inputs in the data's range. */
    public NDArray constrained(NDArray learned) {
        return support == Support.REAL ? learned : Activation.sigmoid(learned);
    }

    private static double[] unconstrained(NDArray data, Support support) {
        double[] values;
        try (NDArray wide = data.toType(DataType.FLOAT64, true)) {
            values = wide.toDoubleArray();
        }
        return support == Support.REAL
                ? values
                : Arrays.stream(values).map(PseudoInputs::logit).toArray();
    }

    private static double logit(double value) {
        double inside = Math.min(Math.max(value, MARGIN), 1 - MARGIN);
        return Math.log(inside) - Math.log1p(-inside);
    }

    /** Native memory: what {@code create} returns would die with its Java buffer, and so might its alias. */
    private static NDArray owned(NDManager manager, double[] values, Shape shape, DataType type) {
        try (NDArray buffer = manager.create(values, shape);
                NDArray copy = buffer.duplicate()) {
            return copy.toType(type, true);
        }
    }

    private static Shape mean(Shape all) {
        return new Shape(1).addAll(all.slice(1));
    }
}
