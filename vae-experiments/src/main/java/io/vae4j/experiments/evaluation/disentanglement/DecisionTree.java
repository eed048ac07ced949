package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A tree that names a class by comparing one feature after the other with a threshold. Each node knows what it would
 * say if the tree ended there: since trees grow from the top, one that is cut at a depth is the one that would have
 * been grown to it.
 */
sealed interface DecisionTree {

    /** The class of most of the examples that came here. */
    int majority();

    /** Where the tree ends. */
    record Leaf(int majority) implements DecisionTree {}

    /**
     * Where examples part.
     *
     * @param feature that is looked at
     * @param threshold of those that go low
     * @param decrease of the impurity by this split, times the examples that came here
     */
    record Split(int majority, int feature, double threshold, double decrease, DecisionTree low, DecisionTree high)
            implements DecisionTree {

        DecisionTree next(double... features) {
            return features[feature] > threshold ? high : low;
        }
    }

    /** How many splits there are on the longest way down. */
    default int depth() {
        return this instanceof Split split
                ? 1 + Math.max(split.low().depth(), split.high().depth())
                : 0;
    }

    /** What the tree says when it is cut at a depth. */
    default int predict(int depth, double... features) {
        DecisionTree node = this;
        for (int d = 0; d < depth && node instanceof Split split; d++) {
            node = split.next(features);
        }
        return node.majority();
    }

    /** Adds what the splits above a depth did for the purity of the classes, for each feature. */
    default void addImportances(int depth, double[] sums) {
        if (depth > 0 && this instanceof Split split) {
            sums[split.feature()] += split.decrease();
            split.low().addImportances(depth - 1, sums);
            split.high().addImportances(depth - 1, sums);
        }
    }

    /** Gini's impurity, {@code 1 - sum p_c^2}, times the number of examples. */
    static double impurity(int... counts) {
        double count = Arrays.stream(counts).sum();
        return count - Arrays.stream(counts).mapToDouble(c -> (double) c * c).sum() / count;
    }

    /** The class with the largest count, and the first of them where there are several. */
    static int largest(int... counts) {
        return IntStream.range(0, counts.length)
                .reduce((best, c) -> counts[c] > counts[best] ? c : best)
                .orElseThrow();
    }
}
