package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tail of importance weights, against samples of known distributions and against ArviZ. */
class WeightTailTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** The maximum likelihood estimate has the variance (1 + k)^2 / n. Smith 1987 */
    @ParameterizedTest
    @CsvSource({"-0.3, 2", "0.2, 1", "0.7, 0.01", "1.2, 50"})
    void theFitFindsTheDistributionThatItsSamplesCameFrom(double shape, double scale) {
        Random random = new Random(4);
        double[] samples = random.doubles(5000)
                .map(u -> scale * (Math.pow(1 - u, -shape) - 1) / shape)
                .sorted()
                .toArray();
        GeneralizedPareto fit = GeneralizedPareto.fit(samples);

        assertThat(fit.shape()).isCloseTo(shape, within(4 * (1 + shape) / Math.sqrt(samples.length)));
        assertThat(fit.scale() / scale).isCloseTo(1, within(0.1));
    }

    @Test
    void aFitOfTooFewIsRefused() {
        assertThatThrownBy(() -> GeneralizedPareto.fit(new double[] {1, 2, 3, 4}))
                .hasMessageContaining("4 exceedances");
        assertThatThrownBy(() -> GeneralizedPareto.fit(new double[] {0, 1, 2, 3, 4}))
                .hasMessageContaining("positive");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shapesAreThoseOfArviz(Case of) {
        WeightTail tail = new WeightTail(manager, of.logWeights.length);
        // in portions, whose sizes do not divide the whole
        for (int from = 0; from < of.logWeights.length; from += 70) {
            double[] portion = Arrays.copyOfRange(of.logWeights, from, Math.min(from + 70, of.logWeights.length));
            tail.add(manager.create(portion, new Shape(portion.length, 1)).duplicate());
        }

        assertThat(tail.shapes()[0]).isCloseTo(of.shape, within(1e-6));
    }

    @Test
    void examplesHaveTailsOfTheirOwn() {
        List<Case> cases = cases();
        double[] both = new double[2000];
        for (int i = 0; i < 1000; i++) {
            both[2 * i] = cases.get(1).logWeights[i];
            both[2 * i + 1] = cases.get(2).logWeights[i];
        }
        WeightTail tail = new WeightTail(manager, 1000);
        tail.add(manager.create(both, new Shape(1000, 2)).duplicate());

        assertThat(tail.shapes()).containsExactly(new double[] {cases.get(1).shape, cases.get(2).shape}, within(1e-6));
    }

    @Test
    void weightsThatAreAllAlikeHaveNoTailAndASingleOneIsAllTail() {
        assertThat(shape(manager.zeros(new Shape(400, 1)))).isZero();
        double[] logs = new double[400];
        Arrays.fill(logs, -2000);
        logs[7] = 0;
        NDArray single = manager.create(logs, new Shape(400, 1)).duplicate();

        assertThat(shape(single)).isInfinite();
    }

    private double shape(NDArray logWeights) {
        WeightTail tail = new WeightTail(manager, logWeights.getShape().get(0));
        tail.add(logWeights);
        return tail.shapes()[0];
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Case(String name, double[] logWeights, double shape) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** As src/test/python/psis.py wrote them. */
    private static List<Case> cases() {
        try (InputStream json =
                Objects.requireNonNull(WeightTailTest.class.getResourceAsStream("/fixtures/psis.json"))) {
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(json).get("cases")) {
                double[] logWeights = new double[node.get("logWeights").size()];
                Arrays.setAll(logWeights, i -> node.get("logWeights").get(i).asDouble());
                cases.add(new Case(
                        node.get("name").asText(), logWeights, node.get("shape").asDouble()));
            }
            return cases;
        } catch (IOException e) {
            throw new IllegalStateException("psis.json", e);
        }
    }
}
