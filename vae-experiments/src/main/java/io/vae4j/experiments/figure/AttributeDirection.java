package io.vae4j.experiments.figure;

import io.vae4j.experiments.data.Labels;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * From the mean code of examples without an attribute to the mean code of those with it. White 2016, section 3.3,
 * https://arxiv.org/abs/1609.04468
 *
 * @param name of the attribute
 * @param vector the difference of the means, of the code's length
 * @param separation how many standard deviations the means lie apart, by that of codes around their own mean along the
 *     line
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record AttributeDirection(String name, double[] vector, double separation) {

    /**
     * Those of what is known of some examples: of a factor of variation from its first to its last value, of a class
     * from all others. What fewer than two examples have, on either side, has none.
     *
     * @param codes of the examples, [N][D]
     */
    static List<AttributeDirection> of(Labels labels, double[][] codes) {
        Stream<Optional<AttributeDirection>> found = Stream.empty();
        if (labels instanceof Labels.Factors known) {
            found = IntStream.range(0, known.factors().size()).mapToObj(f -> {
                int last = known.factors().get(f).values() - 1;
                return between(
                        known.factors().get(f).name(),
                        codes,
                        i -> known.of()[i][f] == 0,
                        i -> known.of()[i][f] == last && last > 0);
            });
        } else if (labels instanceof Labels.Classes known) {
            found = IntStream.range(0, known.classNames().size())
                    .mapToObj(c -> between(
                            known.classNames().get(c), codes, i -> known.of()[i] != c, i -> known.of()[i] == c));
        }
        return found.flatMap(Optional::stream).toList();
    }

    private static Optional<AttributeDirection> between(
            String name, double[][] codes, IntPredicate without, IntPredicate with) {
        double[][] from = chosen(codes, without);
        double[][] to = chosen(codes, with);
        if (from.length < 2 || to.length < 2) {
            return Optional.empty();
        }
        double[] start = mean(from);
        double[] end = mean(to);
        double[] vector = new double[start.length];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = end[d] - start[d];
        }
        double length = Math.sqrt(dot(vector, vector));
        if (length == 0) {
            return Optional.of(new AttributeDirection(name, vector, 0)); // codes that say nothing of it
        }
        double squares = squares(from, start, vector) + squares(to, end, vector);
        double deviation = Math.sqrt(squares / (from.length + to.length - 2)) / length;
        return Optional.of(new AttributeDirection(name, vector, length / deviation));
    }

    private static double[][] chosen(double[][] codes, IntPredicate which) {
        return IntStream.range(0, codes.length)
                .filter(which)
                .mapToObj(i -> codes[i])
                .toArray(double[][]::new);
    }

    private static double[] mean(double[][] codes) {
        double[] mean = new double[codes[0].length];
        for (double[] code : codes) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += code[d] / codes.length;
            }
        }
        return mean;
    }

    /** The sum of the squared distances from the mean along a vector, times its squared length. */
    private static double squares(double[][] codes, double[] mean, double[] vector) {
        double center = dot(mean, vector);
        double sum = 0;
        for (double[] code : codes) {
            double off = dot(code, vector) - center;
            sum += off * off;
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
