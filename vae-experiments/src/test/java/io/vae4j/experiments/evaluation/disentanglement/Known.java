package io.vae4j.experiments.evaluation.disentanglement;

import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Labels.Factor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Representations whose scores are known. */
final class Known {

    private Known() {}

    /** Every combination of values, so often as asked: the factors are exactly independent. */
    static Labels.Factors grid(int times, int... values) {
        int combinations = Arrays.stream(values).reduce(1, (a, b) -> a * b);
        int[][] of = IntStream.range(0, combinations * times)
                .mapToObj(n -> combination(n % combinations, values))
                .toArray(int[][]::new);
        List<Factor> factors = IntStream.range(0, values.length)
                .mapToObj(f -> new Factor("factor " + f, values[f]))
                .toList();
        return new Labels.Factors(factors, of);
    }

    private static int[] combination(int number, int... values) {
        int[] of = new int[values.length];
        int rest = number;
        for (int f = values.length - 1; f >= 0; f--) {
            of[f] = rest % values[f];
            rest /= values[f];
        }
        return of;
    }

    static Representation of(Labels.Factors factors, Function<int[], double[]> code) {
        return Representation.of(Arrays.stream(factors.of()).map(code).toArray(double[][]::new), factors);
    }

    /** Each dimension is a factor, in another order, scaled and shifted. */
    static double[] perfect(int... values) {
        return IntStream.range(0, values.length)
                .mapToDouble(d -> (d % 2 == 0 ? 1 : -0.5) * values[(d + 1) % values.length] + d)
                .toArray();
    }

    /** The first two factors turned by 45 degrees. */
    static double[] rotated(int... values) {
        double[] code = Arrays.stream(values).asDoubleStream().toArray();
        code[0] = (values[0] + values[1]) * Math.sqrt(0.5);
        code[1] = (values[0] - values[1]) * Math.sqrt(0.5);
        return code;
    }

    static double[] redundant(int... values) {
        return IntStream.range(0, 2 * values.length)
                .mapToDouble(d -> values[d % values.length])
                .toArray();
    }

    static Function<int[], double[]> noise(int dimensions) {
        SplittableRandom random = new SplittableRandom(7);
        return values -> random.doubles(dimensions).map(u -> 4 * u - 2).toArray();
    }

    static double[] constant(int... values) {
        return new double[values.length];
    }
}
