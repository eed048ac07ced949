package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vae4j.experiments.InvalidInput;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class SpaceTest {

    private static final int DRAWS = 2000;

    /** Of a test that a right draw fails once in ten thousand. */
    private static final double SIGNIFICANCE = 1e-4;

    @Test
    void aGridTakesEachCombinationOnceAndTheLastKeyVariesFastest() {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        dimensions.put("a", new Dimensions.Listed(List.of(LongNode.valueOf(1), TextNode.valueOf("x"))));
        dimensions.put("b", new Dimensions.Whole(1, 3));
        Space space = new Space(dimensions);

        List<Map<String, JsonNode>> points =
                IntStream.range(0, 6).mapToObj(space::point).toList();

        assertThat(space.size()).hasValue(6);
        assertThat(new HashSet<>(points)).hasSize(6);
        assertThat(points.stream().map(point -> text(point, "a") + text(point, "b")))
                .containsExactly("11", "12", "13", "x1", "x2", "x3");
    }

    @Test
    void theNumbersOfAGridHaveOneDifferenceOrOneRatio() {
        assertThat(numbers(new Dimensions.Grid(0, 2, 5, Dimensions.Spacing.LINEAR)))
                .containsExactly(0.0, 0.5, 1.0, 1.5, 2.0);
        assertThat(numbers(new Dimensions.Grid(1e-4, 1e-2, 3, Dimensions.Spacing.LOGARITHMIC)))
                .containsExactly(1e-4, 1e-3, 1e-2);
    }

    /** 2, 10, 50 are two equal steps by their ratio, and 1, 2, 3 by their difference. */
    @Test
    void aListLiesOnTheScaleOnWhichItsNumbersLieFurthestApart() {
        assertThat(scale("[2, 10, 50]")).isEqualTo(Dimension.Scale.LOGARITHMIC);
        assertThat(scale("[0.01, 0.0001, 0.001]")).isEqualTo(Dimension.Scale.LOGARITHMIC);
        assertThat(scale("[1, 2, 3]")).isEqualTo(Dimension.Scale.LINEAR);
        assertThat(scale("[0, 1, 100]")).isEqualTo(Dimension.Scale.LINEAR);
        assertThat(scale("[5]")).isEqualTo(Dimension.Scale.LINEAR);
        assertThat(scale("[1, a]")).isEqualTo(Dimension.Scale.NAMES);
    }

    private static Dimension.Scale scale(String values) {
        return SweepFile.parse("{recipe: vae, vary: {a: " + values + "}}", "here").vary().values().stream()
                .findFirst()
                .orElseThrow()
                .scale();
    }

    private static List<Double> numbers(Dimension dimension) {
        return dimension.points().orElseThrow().stream()
                .map(JsonNode::doubleValue)
                .toList();
    }

    @Test
    void drawsFollowTheirDistributions() {
        RealDistribution logarithm = new UniformRealDistribution(Math.log(1e-4), Math.log(1e-1));

        assertThat(pValue(draws(new Dimensions.Uniform(-1, 3)), new UniformRealDistribution(-1, 3)))
                .isGreaterThan(SIGNIFICANCE);
        assertThat(pValue(
                        Arrays.stream(draws(new Dimensions.LogUniform(1e-4, 1e-1)))
                                .map(Math::log)
                                .toArray(),
                        logarithm))
                .isGreaterThan(SIGNIFICANCE);
        // and not another one
        assertThat(pValue(draws(new Dimensions.LogUniform(1e-4, 1e-1)), new UniformRealDistribution(1e-4, 1e-1)))
                .isLessThan(SIGNIFICANCE);
    }

    @Test
    void eachWholeNumberIsAsLikelyAsAnyOther() {
        long[] counts = new long[4];
        for (double draw : draws(new Dimensions.Whole(7, 10))) {
            counts[(int) draw - 7]++;
        }

        assertThat(new ChiSquareTest().chiSquareTest(new double[] {1, 1, 1, 1}, counts))
                .isGreaterThan(SIGNIFICANCE);
    }

    private static double[] draws(Dimension dimension) {
        Space space = new Space(Map.of("key", dimension));
        return IntStream.range(0, DRAWS)
                .mapToDouble(i -> number(space.drawn(3, i), "key"))
                .toArray();
    }

    private static double pValue(double[] draws, RealDistribution expected) {
        return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, draws);
    }

    @Test
    void keysAreDrawnIndependently() {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        dimensions.put("a", new Dimensions.Uniform(0, 1));
        dimensions.put("b", new Dimensions.Uniform(0, 1));
        Space space = new Space(dimensions);

        double products = IntStream.range(0, DRAWS)
                .mapToObj(i -> space.drawn(0, i))
                .mapToDouble(values -> (number(values, "a") - 0.5) * (number(values, "b") - 0.5))
                .average()
                .orElseThrow();

        // four standard errors of a mean of products of variance 1/144
        assertThat(products).isCloseTo(0, within(4.0 / 12 / Math.sqrt(DRAWS)));
    }

    @Test
    void aDrawIsAFunctionOfTheSeedAndItsNumber() {
        Space space = new Space(Map.of("a", new Dimensions.Uniform(0, 1)));

        assertThat(space.drawn(1, 5)).isEqualTo(space.drawn(1, 5));
        assertThat(space.drawn(1, 5)).isNotEqualTo(space.drawn(1, 6)).isNotEqualTo(space.drawn(2, 5));
    }

    @Test
    void randomSearchTriesNoSettingTwiceAndEndsWhenThereAreNoOthers() {
        Space space = new Space(Map.of("a", new Dimensions.Whole(1, 6)));
        SearchSpec search = new Searches.Randomly(100, 0);

        Set<JsonNode> tried = new HashSet<>();
        Standings standings = new Standings(10, List.of());
        for (int i = 0; i < 6; i++) {
            SearchSpec.Decision.Begin begun =
                    (SearchSpec.Decision.Begin) search.next(space, standings).orElseThrow();
            tried.add(begun.values().get("a"));
            standings = StandingsOf.adding(standings, begun.values());
        }

        assertThat(tried).hasSize(6);
        assertThat(search.next(space, standings)).isEmpty();
        assertThat(search.settings(space)).hasValue(6);
    }

    @Test
    void whatHasNoEndIsNoGrid() {
        Space space = new Space(Map.of("a", new Dimensions.Uniform(0, 1)));

        assertThatThrownBy(() -> new Searches.Grid().check(space, 10))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no end of values of a")
                .hasMessageContaining("kind: random");
    }

    @Test
    void numbersHaveSixDigits() {
        assertThat(new Dimensions.Uniform(0, 1).at(1.0 / 3)).isEqualTo(DoubleNode.valueOf(0.333333));
    }

    private static double number(Map<String, JsonNode> values, String key) {
        return Objects.requireNonNull(values.get(key)).doubleValue();
    }

    private static String text(Map<String, JsonNode> values, String key) {
        return Objects.requireNonNull(values.get(key)).asText();
    }
}
