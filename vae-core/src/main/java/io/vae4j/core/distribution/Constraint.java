package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The range of one parameter, so that a bad value can name its parameter.
 *
 * @param parameter the name
 * @param values the array, of any shape
 * @param low the smallest value that works in float32
 * @param high the largest one
 * @param remedy what to do about a value outside
 */
public record Constraint(String parameter, NDArray values, double low, double high, String remedy) {

    /** Up to here the square of a scale, and of its reciprocal, is a float32. */
    private static final double LARGEST_LOG_SCALE = 40;

    /** A parameter that may be any finite number. */
    public static Constraint finite(String parameter, NDArray values) {
        String remedy = "lower the learning rate, clip gradients, or look at what the network is fed";
        return new Constraint(parameter, values, -Float.MAX_VALUE, Float.MAX_VALUE, remedy);
    }

    /** The logarithm of a scale. */
    public static Constraint logScale(NDArray values) {
        String remedy = "bound it softly where it is made, by LocationScale.boundedLogScale";
        return new Constraint("logScale", values, -LARGEST_LOG_SCALE, LARGEST_LOG_SCALE, remedy);
    }

    /** The same range, for the parameter of a part: {@code components.loc}. */
    Constraint within(String whole) {
        return new Constraint(whole + "." + parameter, values, low, high, remedy);
    }

    /** @throws IllegalArgumentException naming the first value outside the range */
    void check() {
        double[] elements = read(values);
        for (int i = 0; i < elements.length; i++) {
            if (!(elements[i] >= low && elements[i] <= high)) {
                throw new IllegalArgumentException("element " + i + " of " + parameter + " is " + elements[i]
                        + "; expected a number from " + low + " to " + high + ": " + remedy);
            }
        }
    }

    /** The elements on the host, whatever the array's type. */
    static double[] read(NDArray values) {
        try (NDArray wide = values.toType(DataType.FLOAT64, true)) {
            return wide.toDoubleArray();
        }
    }
}
