package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.distribution.ColorMixture;
import io.vae4j.core.distribution.Laplace;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.LogisticDistribution;

/** Log-likelihoods by their formulas, of bits whose examples all have the parameters of the first, [B] nats. */
final class LikelihoodByDefinition {

    private static final int CHANNELS = 3;
    private static final double LOWEST_EDGE = 0.5 / 255;
    private static final double HIGHEST_EDGE = 254.5 / 255;

    private LikelihoodByDefinition() {}

    /** {@code sum_i -|x_i - loc_i| / s_i - log 2 s_i}. */
    static double[] of(Laplace laplace, NDArray x) {
        double[] loc = laplace.loc().toDoubleArray();
        double[] logScale = laplace.logScale().toDoubleArray();
        return each(
                x,
                row -> IntStream.range(0, row.length)
                        .mapToDouble(
                                i -> -Math.abs(row[i] - loc[i]) / Math.exp(logScale[i]) - Math.log(2) - logScale[i])
                        .sum());
    }

    /** A sum over components for each pixel; without coefficients no color depends on another. */
    static double[] of(ColorMixture colors, NDArray x) {
        Mixture mixture = new Mixture(
                colors.logits().toDoubleArray(),
                colors.loc().toDoubleArray(),
                colors.logScale().toDoubleArray(),
                (int) colors.logits().getShape().get(2));
        return each(
                x,
                row -> IntStream.range(0, row.length / CHANNELS)
                        .mapToDouble(pixel -> mixture.logProb(pixel, row))
                        .sum());
    }

    private static double[] each(NDArray x, ToDoubleFunction<double[]> logLikelihood) {
        double[] flat = x.toDoubleArray();
        int width = flat.length / (int) x.getShape().get(0);
        return IntStream.iterate(0, from -> from < flat.length, from -> from + width)
                .mapToDouble(from -> logLikelihood.applyAsDouble(Arrays.copyOfRange(flat, from, from + width)))
                .toArray();
    }

    @SuppressWarnings("ArrayRecordComponent") // made once and never changed
    private record Mixture(double[] logits, double[] loc, double[] logScale, int components) {

        double logProb(int pixel, double... row) {
            int pixels = row.length / CHANNELS;
            double weights = 0;
            double mass = 0;
            for (int k = 0; k < components; k++) {
                double weight = Math.exp(logits[k * pixels + pixel]);
                weights += weight;
                mass += weight * color(k, pixel, row);
            }
            return Math.log(mass / weights);
        }

        private double color(int component, int pixel, double... row) {
            int pixels = row.length / CHANNELS;
            double product = 1;
            for (int channel = 0; channel < CHANNELS; channel++) {
                int place = (component * CHANNELS + channel) * pixels + pixel;
                product *= mass(row[channel * pixels + pixel], place);
            }
            return product;
        }

        /** Bits are the outer levels, which take the tails. */
        private double mass(double bit, int place) {
            LogisticDistribution logistic = new LogisticDistribution(loc[place], Math.exp(logScale[place]));
            return bit == 0
                    ? logistic.cumulativeProbability(LOWEST_EDGE)
                    : 1 - logistic.cumulativeProbability(HIGHEST_EDGE);
        }
    }
}
