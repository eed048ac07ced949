package io.vae4j.experiments.evaluation.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.core.Memoized;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BitsBesideMarginalsTest {

    private static final List<String> SMALL = List.of(
            "model.network.hidden=[4]", "model.latent=2", "data.values=dequantization", "model.likelihood=gaussian");

    /** What NumPy finds for some bytes. */
    @SuppressWarnings("ArrayRecordComponent") // read once and only looked at
    record Fixture(String numpy, int[][] train, int[][] test, double[] bits) {

        static Fixture read() throws IOException {
            try (InputStream json = Objects.requireNonNull(
                    BitsBesideMarginalsTest.class.getResourceAsStream("/fixtures/marginals.json"))) {
                return new ObjectMapper().readValue(json, Fixture.class);
            }
        }

        Dataset data() {
            return new ArrayDataset("bytes", examples(train), examples(test), new Provenance("test", Map.of()));
        }

        private static Examples examples(int[][] rows) {
            ByteBuffer bytes = ByteBuffer.allocate(rows.length * rows[0].length);
            Arrays.stream(rows).flatMapToInt(Arrays::stream).forEach(level -> bytes.put((byte) level));
            return new Examples(Values.ofBytes(bytes.flip(), rows.length, new Shape(rows[0].length)));
        }
    }

    @Test
    void bitsOfTheMarginalsAreThoseThatNumPyFinds() throws IOException {
        Fixture fixture = Fixture.read();
        Dataset data = fixture.data();

        assertThat(LevelMarginals.of(data.train().values()).bits(data.test().values(), 9))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(fixture.bits());
    }

    @Test
    void bitsOfTheModelAreMinusItsLogLikelihoodOf256Levels() throws IOException {
        evaluated(Fixture.read(), SMALL, subject -> {
            Findings found = new BitsBesideMarginals().measure(subject, new Settings(Map.of()));
            double nats = Arrays.stream(subject.likelihood().logLikelihood())
                    .average()
                    .orElseThrow();

            // a density of five numbers that were divided by 256
            assertThat(found.figure("model").value()).isCloseTo(8 - nats / (5 * Math.log(2)), within(1e-9));
            assertThat(found.figure("marginals").value())
                    .isCloseTo(Arrays.stream(Fixture.read().bits()).average().orElseThrow(), within(1e-12));
            assertThat(found.figure("gain").value())
                    .isCloseTo(
                            found.figure("marginals").value()
                                    - found.figure("model").value(),
                            within(1e-9));
            assertThat(found.cautions()).isEmpty();
            assertThat(found.figure("model").heading()).endsWith("(upper bound on those of the bytes)");
        });
    }

    @Test
    void bytesThatAreNotDequantizedGiveADensityWhichIsSaid() throws IOException {
        evaluated(
                Fixture.read(),
                with("data.values=as-stored"),
                subject -> assertThat(new BitsBesideMarginals()
                                .measure(subject, new Settings(Map.of()))
                                .cautions())
                        .singleElement()
                        .asString()
                        .contains("a density at 256 levels"));
    }

    @Test
    void whatIsNoByteOrHasNoBitsIsNotCompared() throws IOException {
        evaluated(
                Fixture.read(),
                with("data.values=dynamic-binarization", "model.likelihood=bernoulli"),
                subject -> assertThat(new BitsBesideMarginals().incompatibility(subject))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("sees something else")));
        evaluated(
                Fixture.read(),
                with("data.values=as-stored", "model.likelihood=gray-cross-entropy"),
                subject -> assertThat(new BitsBesideMarginals().incompatibility(subject))
                        .hasValueSatisfying(reason -> assertThat(reason).contains("no bits per dimension")));
        evaluated(
                Fixture.read(),
                SMALL,
                subject -> assertThat(new BitsBesideMarginals().incompatibility(subject))
                        .isEmpty());
    }

    private static List<String> with(String... changes) {
        List<String> all = new ArrayList<>(SMALL);
        all.addAll(List.of(changes));
        return all;
    }

    private interface Look {
        void at(EvaluationSubject subject) throws IOException;
    }

    private static void evaluated(Fixture fixture, List<String> changes, Look look) throws IOException {
        Dataset data = fixture.data();
        try (TrainingSession session = TrainingSession.of(Recipes.find("vae", changes), data, 0, Device.cpu());
                Evaluator evaluator = new Evaluator(session.model(), data.test())) {
            look.at(new EvaluationSubject(
                    evaluator,
                    data,
                    Memoized.of(() -> LikelihoodEvaluator.measure(evaluator, 0, 5, 9, done -> {})),
                    0,
                    line -> {}));
        }
    }
}
