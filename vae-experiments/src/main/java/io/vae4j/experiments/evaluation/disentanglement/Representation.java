package io.vae4j.experiments.evaluation.disentanglement;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Labels.Factor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The codes of some examples, and the factors that the same examples were made from.
 *
 * @param codes [N][D], one row for each example; shared, not copied
 * @param factors those that differ between the examples, [N][F]
 * @param constant the names of the factors that do not, which no metric can say anything of
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
public record Representation(double[][] codes, Labels.Factors factors, List<String> constant) {

    private static final String WHERE = "disentanglement";

    /**
     * Refuses what nothing can be measured on.
     *
     * @throws InvalidInput if there are fewer than two examples, if a code is not finite, or if no factor varies
     * @throws IllegalArgumentException if there are not as many codes as factors, or if they differ in length
     */
    public Representation {
        constant = List.copyOf(constant);
        if (codes.length != factors.of().length) {
            throw new IllegalArgumentException(
                    codes.length + " codes for the factors of " + factors.of().length + " examples");
        }
        if (codes.length < 2) {
            throw new InvalidInput(
                    "a representation cannot be judged by " + codes.length + " example",
                    WHERE,
                    "take some thousands, which differ in their factors");
        }
        for (int i = 0; i < codes.length; i++) {
            requireCode(i, codes[i], codes[0].length);
        }
        if (factors.factors().isEmpty()) {
            throw new InvalidInput(
                    "no factor differs between the examples, of which there are " + codes.length,
                    WHERE,
                    "take examples that differ in at least one of " + constant);
        }
    }

    private static void requireCode(int example, double[] code, int dimensions) {
        if (code.length != dimensions || dimensions == 0) {
            throw new IllegalArgumentException("the code of example " + example + " has " + code.length
                    + " dimensions; expected " + Math.max(1, dimensions));
        }
        if (!Arrays.stream(code).allMatch(Double::isFinite)) {
            throw new InvalidInput(
                    "the code of example " + example + " is not finite: " + Arrays.toString(code),
                    WHERE,
                    "look where training went wrong, and take a checkpoint from before");
        }
    }

    /** Of codes and all factors that are known; those that have one value throughout are set aside, by name. */
    public static Representation of(double[][] codes, Labels.Factors known) {
        int[] varying = IntStream.range(0, known.factors().size())
                .filter(f -> Arrays.stream(known.of()).anyMatch(values -> values[f] != known.of()[0][f]))
                .toArray();
        List<Factor> all = known.factors();
        List<String> constant = IntStream.range(0, all.size())
                .filter(f -> Arrays.stream(varying).noneMatch(v -> v == f))
                .mapToObj(f -> all.get(f).name())
                .toList();
        int[][] values = Arrays.stream(known.of())
                .map(of -> Arrays.stream(varying).map(f -> of[f]).toArray())
                .toArray(int[][]::new);
        List<Factor> factors = Arrays.stream(varying).mapToObj(all::get).toList();
        return new Representation(codes, new Labels.Factors(factors, values), constant);
    }

    /** N, how many examples there are. */
    public int count() {
        return codes.length;
    }

    /** D, how many dimensions a code has. */
    public int dimensions() {
        return codes[0].length;
    }

    /** F, how many factors vary. */
    public int factorCount() {
        return factors.factors().size();
    }

    /** One dimension of all codes, [N]. */
    public double[] dimension(int d) {
        return Arrays.stream(codes).mapToDouble(code -> code[d]).toArray();
    }

    /** One factor of all examples, [N]. */
    public int[] factor(int f) {
        return Arrays.stream(factors.of()).mapToInt(values -> values[f]).toArray();
    }

    /** What a factor is called, and how many values it takes. */
    public Factor kind(int f) {
        return factors.factors().get(f);
    }
}
