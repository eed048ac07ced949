package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The families, over events of one or two elements: a new family is one more entry, and is tested for everything. */
final class Families {

    private static final List<List<Double>> WIDE_LOGITS =
            List.of(List.of(100.0, -100.0), List.of(-100.0, 100.0), List.of(0.0, 0.0));
    private static final List<List<Double>> WIDE_SCALES =
            List.of(List.of(5.0, -5.0, -10.0, 10.0), List.of(-5.0, 5.0, 10.0, -10.0), List.of(0.0, 1.0, -10.0, -10.0));
    private static final Quadrature UNIT = Quadrature.between(0, 0.25, 0.5, 0.75, 1);

    private Families() {}

    /** Makes a distribution of parameters, spread over the axes K and B. */
    interface Maker {
        Distribution of(Parameters parameters);
    }

    /** A vector of parameters, of which each call takes the next few. */
    static final class Parameters {
        private final NDArray all;
        private final Shape lead;
        private int next;

        Parameters(NDArray all, Shape lead) {
            this.all = all;
            this.lead = lead;
        }

        /** [K, B, ...event] */
        NDArray take(long... event) {
            int size = Math.toIntExact(new Shape(event).size());
            NDArray slice = all.get(next + ":" + (next + size));
            next += size;
            return slice.reshape(new Shape(1, 1).addAll(new Shape(event))).broadcast(lead.addAll(new Shape(event)));
        }
    }

    /**
     * @param parameters a point inside
     * @param others another point, for divergences
     * @param extremes points at the bounds
     * @param support points and weights that cover the support
     */
    record Case(
            String name,
            Maker maker,
            List<Double> parameters,
            List<Double> others,
            List<List<Double>> extremes,
            Quadrature support) {

        Distribution make(NDArray parameters, long samples, long batch) {
            return maker.of(new Parameters(parameters, new Shape(samples, batch)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> all() {
        return Stream.of(normals(), logits(), gray(), Stream.of(levels()), compounds())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> normals() {
        List<Double> at = List.of(0.3, -1.2, -0.7, 0.4);
        List<Double> other = List.of(-0.5, 0.2, 0.1, -0.3);
        Quadrature plane = line(-0.5, 0.3).times(line(-1.2, 0.2));
        return Stream.of(
                new Case(
                        "standard normal",
                        p -> new StandardNormal(p.take(2), 1),
                        Collections.nCopies(2, 0.0),
                        Collections.nCopies(2, 0.0),
                        List.of(),
                        plane),
                new Case(
                        "diagonal normal",
                        p -> new DiagonalNormal(p.take(2), p.take(2), 1),
                        at,
                        other,
                        WIDE_SCALES,
                        plane),
                new Case("Laplace", p -> new Laplace(p.take(2), p.take(2), 1), at, other, WIDE_SCALES, plane));
    }

    private static Stream<Case> logits() {
        List<Double> six = List.of(0.5, -1.0, 2.0, 0.1, 0.2, -3.0);
        return Stream.of(
                new Case(
                        "Bernoulli",
                        p -> new Bernoulli(p.take(2), 1),
                        List.of(-2.0, 0.5),
                        List.of(1.0, -0.3),
                        WIDE_LOGITS,
                        Quadrature.levels(1).times(Quadrature.levels(1))),
                new Case(
                        "categorical",
                        p -> new Categorical(p.take(2, 3), 2),
                        six,
                        List.of(0.0, 1.0, -1.0, 0.4, 2.0, 0.0),
                        List.of(List.of(100.0, -100.0, 0.0, -100.0, -100.0, -100.0)),
                        Quadrature.classes(3).times(Quadrature.classes(3))));
    }

    private static Stream<Case> gray() {
        return Stream.of(
                new Case(
                        "continuous Bernoulli",
                        p -> new ContinuousBernoulli(p.take(2), 1),
                        List.of(-2.5, 0.9),
                        List.of(3.0, -0.7),
                        WIDE_LOGITS,
                        UNIT.times(UNIT)),
                new Case(
                        "continuous Bernoulli near one half",
                        p -> new ContinuousBernoulli(p.take(2), 1),
                        List.of(-0.2, 0.005),
                        List.of(0.0, 0.3),
                        List.of(List.of(0.4, 0.02), List.of(1e-12, -1e-7)),
                        UNIT.times(UNIT)),
                new Case(
                        "discretized logistic",
                        p -> new DiscretizedLogistic(p.take(1), p.take(1), 1),
                        List.of(0.3, -1.5),
                        List.of(0.98, -3.0),
                        List.of(List.of(-5.0, -10.0), List.of(0.5, 10.0), List.of(5.0, -7.0), List.of(1.0, -10.0)),
                        Quadrature.levels(255)),
                new Case(
                        "discretized logistic at the edge",
                        p -> new DiscretizedLogistic(p.take(1), p.take(1), 1),
                        List.of(0.98, -3.0),
                        List.of(0.3, -1.5),
                        List.of(),
                        Quadrature.levels(255)));
    }

    /** Logits of all 256 levels: a wave, another one, and all but one of them out of reach. */
    private static Case levels() {
        return new Case(
                "categorical levels",
                p -> new CategoricalLevels(p.take(256, 1), 1),
                wave(2, 17),
                wave(1, 40),
                List.of(wave(200, 3), Collections.nCopies(256, 0.0)),
                Quadrature.levels(255));
    }

    private static List<Double> wave(double height, double length) {
        return IntStream.range(0, 256)
                .mapToObj(i -> height * Math.sin(i / length))
                .toList();
    }

    private static Stream<Case> compounds() {
        List<Double> three = List.of(0.2, -0.5, 1.0, -1.0, 0.5, 2.0, 0.3, 0.0, -1.2, 0.1, -0.4, 0.3, 0.0, -0.2, 0.2);
        Quadrature plane = line(0).times(line(0));
        return Stream.of(
                new Case(
                        "mixture of normals",
                        p -> new Mixture(p.take(3), new DiagonalNormal(p.take(3, 2), p.take(3, 2), 1)),
                        three,
                        three,
                        List.of(List.of(
                                100.0, -100.0, 0.0, 5.0, -5.0, 0.0, 0.0, 5.0, 5.0, 10.0, -10.0, -10.0, -10.0, 10.0,
                                10.0)),
                        plane),
                new Case(
                        "mixture of Bernoullis",
                        p -> new Mixture(p.take(2), new Bernoulli(p.take(2, 2), 1)),
                        List.of(0.3, -0.4, 2.0, -1.0, -2.0, 1.5),
                        List.of(0.0, 0.0, 1.0, 1.0, 0.0, 0.0),
                        List.of(List.of(100.0, -100.0, 100.0, -100.0, -100.0, 100.0)),
                        Quadrature.levels(1).times(Quadrature.levels(1))),
                new Case(
                        "independent normals",
                        p -> Independent.of(new DiagonalNormal(p.take(2), p.take(2), 0), 1),
                        List.of(0.3, -1.2, -0.7, 0.4),
                        List.of(-0.5, 0.2, 0.1, -0.3),
                        WIDE_SCALES,
                        plane),
                new Case(
                        "independent mixtures of discretized logistics",
                        p -> Independent.of(
                                new Mixture(p.take(2, 2), new DiscretizedLogistic(p.take(2, 2), p.take(2, 2), 0)), 1),
                        List.of(0.0, 1.0, 0.5, -0.5, 0.1, 0.6, 0.9, 0.4, -3.0, -4.0, -2.0, -3.0),
                        Collections.nCopies(12, 0.0),
                        List.of(List.of(100.0, -100.0, 0.0, 0.0, -5.0, 5.0, 0.5, 0.5, -10.0, 10.0, -10.0, -10.0)),
                        Quadrature.levels(255).times(Quadrature.levels(255))));
    }

    /** The real line as far as densities of scale two reach, broken where a density may have a kink. */
    private static Quadrature line(double... kinks) {
        double[] steps = {-60, -20, -7, -2.5, 2.5, 7, 20, 60};
        return Quadrature.between(DoubleStream.concat(Arrays.stream(steps), Arrays.stream(kinks))
                .sorted()
                .toArray());
    }
}
