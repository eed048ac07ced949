package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.vae4j.core.EngineTest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Likelihoods against their definitions in 50 digits, which likelihoods.py writes. */
class LikelihoodFixtureTest extends EngineTest {

    private static final Shape ELEMENTS = new Shape(1, 1, 6);
    private static final Shape MIXTURES = new Shape(1, 1, 6, 3);
    private static final Shape COLORS = new Shape(1, 1, 3, 3, 2);

    /** How near the numbers are, of those above one relatively. */
    enum Precision {
        FLOAT64(DataType.FLOAT64, 1e-10),
        FLOAT32(DataType.FLOAT32, 1e-5);

        private final DataType type;
        private final double tolerance;

        Precision(DataType type, double tolerance) {
            this.type = type;
            this.tolerance = tolerance;
        }

        void check(NDArray actual, double... expected) {
            double[] found = actual.toType(DataType.FLOAT64, false).toDoubleArray();
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i])
                        .as("number " + i)
                        .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    private Map<String, Map<String, double[]>> fixture = Map.of();

    @BeforeEach
    void readFixture() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/fixtures/likelihoods.json")),
                StandardCharsets.UTF_8)) {
            fixture = new Gson().fromJson(reader, new TypeToken<Map<String, Map<String, double[]>>>() {});
        }
    }

    @ParameterizedTest
    @EnumSource
    void discretizedLogistic(Precision precision) {
        Numbers numbers = new Numbers("discretizedLogistic", precision.type);
        Factorized p = new DiscretizedLogistic(numbers.get("loc", ELEMENTS), numbers.get("logScale", ELEMENTS), 1);

        precision.check(p.logProbEach(numbers.levels(new Shape(1, 6))), numbers.of("logProbEach"));
        precision.check(p.mean(), numbers.of("meanLevel"));
    }

    @ParameterizedTest
    @EnumSource
    void mixtureOfDiscretizedLogistics(Precision precision) {
        Numbers numbers = new Numbers("mixture", precision.type);
        DiscretizedLogistic components =
                new DiscretizedLogistic(numbers.get("loc", MIXTURES), numbers.get("logScale", MIXTURES), 0);
        Mixture p = new Mixture(numbers.get("logits", MIXTURES), components);

        precision.check(p.logProb(numbers.levels(new Shape(1, 6))), numbers.of("logProbEach"));
        precision.check(p.mean(), numbers.of("meanLevel"));
    }

    @ParameterizedTest
    @EnumSource
    void mixtureInWhichGreenFollowsRedAndBlueFollowsBoth(Precision precision) {
        Numbers numbers = new Numbers("colors", precision.type);
        ColorMixture p = new ColorMixture(
                numbers.get("logits", new Shape(1, 1, 3, 2)),
                numbers.get("loc", COLORS),
                numbers.get("logScale", COLORS),
                numbers.get("coefficients", COLORS),
                new Shape(3, 1, 2));

        precision.check(p.logProb(numbers.levels(new Shape(1, 3, 1, 2))), numbers.of("logProb"));
        checkLevels(numbers, p, 0.5);
    }

    @ParameterizedTest
    @EnumSource
    void categoricalOverLevels(Precision precision) {
        Numbers numbers = new Numbers("categorical", precision.type);
        Factorized p = new CategoricalLevels(numbers.get("logits", new Shape(1, 1, 256, 6)), 1);

        checkEach(precision, numbers, p, numbers.levels(new Shape(1, 6)));
    }

    @ParameterizedTest
    @EnumSource
    void laplace(Precision precision) {
        Numbers numbers = new Numbers("laplace", precision.type);
        Factorized p = new Laplace(numbers.get("loc", ELEMENTS), numbers.get("logScale", ELEMENTS), 1);

        checkEach(precision, numbers, p, numbers.get("values", new Shape(1, 6)));
    }

    @ParameterizedTest
    @EnumSource
    void gaussianWithAScaleForEachElement(Precision precision) {
        Numbers numbers = new Numbers("gaussian", precision.type);
        Factorized p = new DiagonalNormal(numbers.get("loc", ELEMENTS), numbers.get("logScale", ELEMENTS), 1);

        checkEach(precision, numbers, p, numbers.get("values", new Shape(1, 6)));
    }

    @ParameterizedTest
    @EnumSource
    void continuousBernoulli(Precision precision) {
        Numbers numbers = new Numbers("continuousBernoulli", precision.type);
        Factorized p = new ContinuousBernoulli(numbers.get("logits", ELEMENTS), 1);

        checkEach(precision, numbers, p, numbers.get("values", new Shape(1, 6)));
    }

    private static void checkEach(Precision precision, Numbers numbers, Factorized p, NDArray value) {
        precision.check(p.logProbEach(value), numbers.of("logProbEach"));
        precision.check(p.mean(), numbers.of("mean"));
    }

    /** The mean against the sum over all levels, in levels. */
    private static void checkLevels(Numbers numbers, Distribution p, double levels) {
        double[] found = p.mean().toType(DataType.FLOAT64, false).toDoubleArray();
        assertThat(found).containsExactly(numbers.of("meanLevel"), within(levels / 255));
    }

    /** The numbers of one likelihood. */
    private final class Numbers {

        private final Map<String, double[]> lists;
        private final DataType type;

        Numbers(String likelihood, DataType type) {
            lists = Objects.requireNonNull(fixture.get(likelihood));
            this.type = type;
        }

        double[] of(String list) {
            return Objects.requireNonNull(lists.get(list));
        }

        NDArray get(String list, Shape shape) {
            return array(of(list)).reshape(shape).toType(type, false);
        }

        NDArray levels(Shape shape) {
            return array(of("levels")).div(array(255)).reshape(shape).toType(type, false);
        }
    }
}
