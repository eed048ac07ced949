package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The kinds of dimensions of this project. */
final class Dimensions {

    /** More digits of a number that was drawn would only be in the way. */
    private static final MathContext DIGITS = new MathContext(6);

    /** Of a grid: nobody waits for more. */
    private static final long MOST_POINTS = 10_000;

    private Dimensions() {}

    /**
     * Values one by one, numbers or any others: also whole parts, such as {@code {kind: iwae, samples: 5}}.
     *
     * @param values at least one, all different
     */
    @Example("{kind: list, values: [2, 10, 50]}")
    record Listed(List<JsonNode> values) implements Dimension {

        Listed {
            values = List.copyOf(values);
            require(!values.isEmpty(), "values is empty", "give at least one value");
            require(
                    new HashSet<>(values).size() == values.size(),
                    "values has one value twice",
                    "give each once; to repeat a run, give more seeds");
        }

        @Override
        public Optional<List<JsonNode>> points() {
            return Optional.of(values);
        }

        @Override
        public JsonNode at(double quantile) {
            return values.get((int) (quantile * values.size()));
        }

        /** Of numbers the one on which the nearest two lie further apart. */
        @Override
        public Scale scale() {
            if (!values.stream().allMatch(JsonNode::isNumber)) {
                return Scale.NAMES;
            }
            double[] numbers =
                    values.stream().mapToDouble(JsonNode::asDouble).sorted().toArray();
            boolean byRatio = numbers[0] > 0
                    && least(Arrays.stream(numbers).map(Math::log).toArray()) > least(numbers);
            return byRatio ? Scale.LOGARITHMIC : Scale.LINEAR;
        }

        /** The smallest gap, as a share of the whole range. */
        private static double least(double[] sorted) {
            return IntStream.range(1, sorted.length)
                            .mapToDouble(i -> sorted[i] - sorted[i - 1])
                            .min()
                            .orElse(0)
                    / (sorted[sorted.length - 1] - sorted[0]);
        }
    }

    /**
     * So many numbers from one to another, both included.
     *
     * @param spacing whether neighbors have one difference, or one ratio
     */
    @Example("{kind: grid, from: 0.0001, to: 0.01, count: 3, spacing: logarithmic}")
    record Grid(
            double from,
            double to,
            int count,
            @Default("linear") Spacing spacing) implements Dimension {

        Grid {
            requireRange(from, to);
            require(count >= 2 && count <= MOST_POINTS, "count is " + count, "give 2 to " + MOST_POINTS);
            require(spacing == Spacing.LINEAR || from > 0, "from is " + from, "a logarithmic grid begins above 0");
        }

        @Override
        public Optional<List<JsonNode>> points() {
            return Optional.of(IntStream.range(0, count)
                    .mapToObj(i -> between(i / (count - 1.0)))
                    .toList());
        }

        @Override
        public JsonNode at(double quantile) {
            return points().orElseThrow().get((int) (quantile * count));
        }

        private JsonNode between(double share) {
            return number(spacing == Spacing.LINEAR ? from + share * (to - from) : from * Math.pow(to / from, share));
        }

        @Override
        public Scale scale() {
            return spacing == Spacing.LINEAR ? Scale.LINEAR : Scale.LOGARITHMIC;
        }
    }

    /** How the numbers of a grid follow one another. */
    enum Spacing {
        @JsonProperty("linear")
        LINEAR,
        @JsonProperty("logarithmic")
        LOGARITHMIC
    }

    /** Any number from one to another, each as likely as any other. */
    @Example("{kind: uniform, from: 0.5, to: 4}")
    record Uniform(double from, double to) implements Dimension {

        Uniform {
            requireRange(from, to);
        }

        @Override
        public Optional<List<JsonNode>> points() {
            return Optional.empty();
        }

        @Override
        public JsonNode at(double quantile) {
            return number(from + quantile * (to - from));
        }

        @Override
        public Scale scale() {
            return Scale.LINEAR;
        }
    }

    /** Any number from one to another, whose logarithm is uniform: each order of magnitude is as likely as another. */
    @Example("{kind: log-uniform, from: 0.0001, to: 0.01}")
    record LogUniform(double from, double to) implements Dimension {

        LogUniform {
            requireRange(from, to);
            require(from > 0, "from is " + from, "give a number above 0, or kind: uniform");
        }

        @Override
        public Optional<List<JsonNode>> points() {
            return Optional.empty();
        }

        @Override
        public JsonNode at(double quantile) {
            return number(from * Math.pow(to / from, quantile));
        }

        @Override
        public Scale scale() {
            return Scale.LOGARITHMIC;
        }
    }

    /** Any whole number from one to another, both included. */
    @Example("{kind: integer, from: 2, to: 50}")
    record Whole(long from, long to) implements Dimension {

        Whole {
            requireRange((double) from, (double) to);
        }

        @Override
        public Optional<List<JsonNode>> points() {
            return to - from < MOST_POINTS
                    ? Optional.of(LongStream.rangeClosed(from, to)
                            .mapToObj(Dimensions::whole)
                            .toList())
                    : Optional.empty();
        }

        @Override
        public JsonNode at(double quantile) {
            return whole(from + (long) Math.floor(quantile * (double) (to - from + 1)));
        }

        @Override
        public Scale scale() {
            return Scale.LINEAR;
        }
    }

    /** As it is read: what was written down is compared with it. */
    private static JsonNode whole(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static JsonNode number(double value) {
        double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
        return rounded == Math.rint(rounded) && Math.abs(rounded) < Long.MAX_VALUE
                ? whole((long) rounded)
                : DoubleNode.valueOf(rounded);
    }

    private static void requireRange(double from, double to) {
        require(
                Double.isFinite(from) && Double.isFinite(to) && from < to,
                "the range from " + from + " to " + to + " is empty",
                "give a from below the to");
    }

    private static void require(boolean condition, String what, String remedy) {
        if (!condition) {
            throw new InvalidInput(what, SweepFile.VALUES, remedy);
        }
    }
}
