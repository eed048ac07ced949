package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** The values that a density accepts, and that a data set promises. Each kind contains the kinds before it. */
public enum Support {
    /** One 1 along the last axis, 0 elsewhere: a class. */
    ONE_HOT("0 or 1, with one 1 along the last axis", "turn class numbers into one-hot vectors by Categorical.oneHot"),
    /** 0 or 1. */
    BINARY(
            "0 or 1",
            "binarize the data, or use a family of gray levels: ContinuousBernoulli, DiscretizedLogistic or the relaxation "
                    + "GrayCrossEntropy"),
    /** The 256 levels 0, 1/255, ..., 1: pixels of one byte. */
    BYTE_LEVELS(
            "a multiple of 1/255 from 0 to 1",
            "divide bytes by 255 and neither resize nor dither them, or use a density over the unit interval"),
    /** The closed interval from 0 to 1: gray levels. */
    UNIT_INTERVAL("a number from 0 to 1", "scale the data; bytes are divided by 255"),
    /** Any real number. */
    REAL("a finite number", "look for missing values, or for a division by zero, in the data");

    private final String expected;
    private final String remedy;

    Support(String expected, String remedy) {
        this.expected = expected;
        this.remedy = remedy;
    }

    /** Whether the values can be counted, so that the family of one is a probability and no density. */
    public boolean isDiscrete() {
        return compareTo(BYTE_LEVELS) <= 0;
    }

    /** Whether every value of {@code data} is in this support. */
    public boolean covers(Support data) {
        return compareTo(data) >= 0;
    }

    /**
     * Refuses values outside this support. It reads the whole array from its device, so call it once when data are
     * loaded, not in a training step.
     *
     * @throws IllegalArgumentException naming the first value outside, what was expected, and a remedy
     */
    public void check(NDArray value) {
        double[] elements = Constraint.read(value);
        for (int i = 0; i < elements.length; i++) {
            if (!accepts(elements[i])) {
                throw outside("element " + i + " of the values is " + elements[i]);
            }
        }
        if (this == ONE_HOT) {
            checkRows(
                    elements,
                    Math.toIntExact(value.getShape().get(value.getShape().dimension() - 1)));
        }
    }

    private boolean accepts(double x) {
        return switch (this) {
            case ONE_HOT, BINARY -> x == 0 || x == 1;
            case BYTE_LEVELS -> x >= 0 && x <= 1 && Math.abs(x * 255 - Math.rint(x * 255)) < 1e-3;
            case UNIT_INTERVAL -> x >= 0 && x <= 1;
            case REAL -> Double.isFinite(x);
        };
    }

    private void checkRows(double[] elements, int classes) {
        for (int start = 0; start < elements.length; start += classes) {
            double ones = Arrays.stream(elements, start, start + classes).sum();
            if (ones != 1) {
                throw outside("row " + start / classes + " of the values has " + (int) ones + " ones");
            }
        }
    }

    private IllegalArgumentException outside(String found) {
        return new IllegalArgumentException(found + "; expected " + expected + ": " + remedy);
    }
}
