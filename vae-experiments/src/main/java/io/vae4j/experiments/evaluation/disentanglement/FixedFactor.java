package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws examples that share the value of one factor while the others vary as they do in the data. The papers make such
 * examples anew; here they are taken, with replacement, from those that there are.
 */
final class FixedFactor {

    /** How many examples are drawn for one point of training or evaluation; as in disentanglement_lib's study. */
    static final int BATCH = 64;

    /** How many points a classifier learns from; as in disentanglement_lib's study. */
    static final int TRAINING = 10_000;

    /** How many points it is judged by; as in disentanglement_lib's study. */
    static final int EVALUATION = 5_000;

    private final Representation representation;
    private final SplittableRandom random;
    private final List<int[][]> byValue;
    private final List<int[]> shared;

    FixedFactor(Representation representation, long seed) {
        this.representation = representation;
        random = new SplittableRandom(seed);
        byValue = IntStream.range(0, representation.factorCount())
                .mapToObj(f -> byValue(representation, f))
                .toList();
        shared = byValue.stream().map(FixedFactor::shared).toList();
    }

    /** The examples of each value, [values][]. */
    private static int[][] byValue(Representation representation, int f) {
        int[] values = representation.factor(f);
        return IntStream.range(0, representation.kind(f).values())
                .mapToObj(value -> IntStream.range(0, values.length)
                        .filter(n -> values[n] == value)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** The examples that are not alone with their value. */
    private static int[] shared(int[][] byValue) {
        return Arrays.stream(byValue)
                .filter(examples -> examples.length > 1)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /** Why there is nothing to be drawn, or nothing to be learned from what is drawn. */
    static Optional<String> incompatibility(Representation representation) {
        return Requirements.twoFactors(representation)
                .or(() -> IntStream.range(0, representation.factorCount())
                        .filter(f -> shared(byValue(representation, f)).length == 0)
                        .mapToObj(f -> "no two examples have one value of "
                                + representation.kind(f).name())
                        .findFirst());
    }

    /** One of the factors. */
    int factor() {
        return random.nextInt(representation.factorCount());
    }

    /** An example that others share the value of a factor with. */
    int example(int factor) {
        return any(shared.get(factor));
    }

    /** The code of one of the examples with the same value of a factor. */
    double[] like(int example, int factor) {
        int value = representation.factors().of()[example][factor];
        return representation.codes()[any(byValue.get(factor)[value])];
    }

    /** The code of another example with the same value of a factor. */
    double[] other(int example, int factor) {
        int[] alike = byValue.get(factor)[representation.factors().of()[example][factor]];
        int other = any(alike);
        while (other == example) {
            other = any(alike);
        }
        return representation.codes()[other];
    }

    private int any(int... examples) {
        return examples[random.nextInt(examples.length)];
    }
}
