package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.OptimizerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the codes learn outside the gradient. */
class CodebookTest extends QuantizedTest {

    private static final double DECAY = 0.9;
    private static final double EPSILON = 0.01;
    /** Three batches of one-dimensional outputs; the third code, at 100, is never the nearest. */
    private static final double[][] BATCHES = {{0.1, 0.3, 2.2}, {-0.5, 1.8, 2.6, 2.4}, {0.2}};

    @Test
    void theMovingAveragesAreThoseByHandOverThreeSteps() {
        Codebook codebook = initialized(byAverage(EPSILON), array(new Shape(3, 1), 0, 2, 100));
        double[] codes = {0, 2, 100};
        double[] counts = new double[3];
        double[] sums = new double[3];
        for (int t = 1; t <= BATCHES.length; t++) {
            learn(codebook, t - 1, BATCHES[t - 1]);
            updateByHand(codes, counts, sums, t, BATCHES[t - 1]);

            assertThat(parameter(codebook, "codes").toDoubleArray()).containsExactly(codes, within(1e-12));
            // the stored averages hold no smoothing
            assertThat(parameter(codebook, "01averages_counts").toDoubleArray()).containsExactly(counts, within(1e-14));
            assertThat(parameter(codebook, "01averages_sums").toDoubleArray()).containsExactly(sums, within(1e-14));
        }
        assertThat(counts[2]).isZero();
        assertThat(parameter(codebook, "codes").toDoubleArray()[2]).isEqualTo(100, within(1e-12));
    }

    private static void updateByHand(double[] codes, double[] counts, double[] sums, int t, double[] batch) {
        double[] uses = new double[3];
        double[] totals = new double[3];
        for (double output : batch) {
            int nearest = Math.abs(output - codes[0]) < Math.abs(output - codes[1]) ? 0 : 1;
            uses[nearest]++;
            totals[nearest] += output;
        }
        double weight = 1 - Math.pow(DECAY, t);
        double all = 0;
        for (int code = 0; code < 3; code++) {
            counts[code] = DECAY * counts[code] + (1 - DECAY) * uses[code];
            sums[code] = DECAY * sums[code] + (1 - DECAY) * totals[code];
            all += counts[code] / weight;
        }
        for (int code = 0; code < 3; code++) {
            double n = counts[code] / weight;
            double smoothed = (n + EPSILON) / (all + 3 * EPSILON) * all;
            codes[code] = (sums[code] / weight + (smoothed - n) * codes[code]) / smoothed;
        }
    }

    @Test
    void theFirstStepGivesTheMeansOfTheBatch() {
        Codebook codebook = initialized(byAverage(1e-13), array(new Shape(3, 1), 0, 2, 100));
        learn(codebook, 0, 0.1, 0.3, 2.2, 2.6, 2.4);

        assertThat(parameter(codebook, "codes").toDoubleArray())
                .containsExactly(new double[] {0.2, 2.4, 100}, within(1e-10));
    }

    @Test
    void aCodeThatIsNoLongerUsedStaysForThousandsOfSteps() {
        Codebook codebook = initialized(
                codebook(2, 1, new CodebookUpdate.ByMovingAverage(DECAY, 1e-5)), array(new Shape(2, 1), 0, 5));
        learn(codebook, 0, 0.5, 5.5);
        for (int step = 1; step < 2000; step++) {
            learn(codebook, step, 0.5);
        }

        assertThat(parameter(codebook, "codes").toDoubleArray()[1]).isCloseTo(5.5, within(1e-3));
    }

    @Test
    void nothingChangesInEvaluation() {
        Codebook codebook = initialized(
                new Codebook(2, 1, BY_AVERAGE, new CodebookStart.Clusters(), new DeadCodeReset.After(1)),
                array(new Shape(2, 1), 0, 50));
        double[][] before = state(codebook);
        codebook.learn(completed(evaluation(0), 0), seen(codebook, 1, 2, 3));
        assertThat(state(codebook)).isDeepEqualTo(before);

        codebook.learn(completed(training(0), 0), seen(codebook, 1, 2, 3));
        assertThat(Arrays.deepEquals(state(codebook), before)).isFalse();
    }

    @Test
    void aCodeFarAwayRestartsAtAnOutputWhenItsPatienceIsOver() {
        for (CodebookUpdate update : new CodebookUpdate[] {BY_GRADIENT, BY_AVERAGE}) {
            Codebook codebook = initialized(
                    new Codebook(2, 1, update, new CodebookStart.Uniform(), new DeadCodeReset.After(3)),
                    array(new Shape(2, 1), 0, 1000));
            learn(codebook, 0, 1, 2, 3);
            learn(codebook, 1, 1, 2, 3);
            assertThat(parameter(codebook, "codes").toDoubleArray()[1]).isCloseTo(1000, within(1e-9));

            learn(codebook, 2, 1, 2, 3);
            double restarted = parameter(codebook, "codes").toDoubleArray()[1];
            assertThat(restarted).isIn(1.0, 2.0, 3.0);
            assertThat(parameter(codebook, "lastUsed").toDoubleArray()).containsExactly(3, 3);
        }
    }

    @Test
    void theAveragesOfARestartedCodeStartAnew() {
        Codebook codebook = initialized(
                new Codebook(2, 1, BY_AVERAGE, new CodebookStart.Uniform(), new DeadCodeReset.After(2)),
                array(new Shape(2, 1), 0, 10));
        learn(codebook, 0, 0.5, 10);
        learn(codebook, 1, 0.5);
        assertThat(parameter(codebook, "01averages_counts").toDoubleArray()[1]).isPositive();
        learn(codebook, 2, 0.5);

        assertThat(parameter(codebook, "01averages_counts").toDoubleArray()[1]).isZero();
        assertThat(parameter(codebook, "01averages_sums").toDoubleArray()[1]).isZero();
        assertThat(parameter(codebook, "01averages_counts").toDoubleArray()[0]).isPositive();
    }

    /** Moments of what a code was would push about what it has become. */
    @Test
    void theOptimizerForgetsARestartedCodeAndNoOther() {
        Codebook codebook = initialized(
                new Codebook(3, 1, BY_GRADIENT, new CodebookStart.Uniform(), new DeadCodeReset.After(2)),
                array(new Shape(3, 1), 0, 1000, 3));
        List<boolean[]> forgotten = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            CompletedStep completed = completed(training(step), step);
            OptimizerState optimizer = (parameter, rows) -> {
                assertThat(parameter.getName()).isEqualTo("codes");
                forgotten.add(rows.toBooleanArray());
            };
            codebook.learn(
                    new CompletedStep(completed.pass(), completed.terms(), step, optimizer), seen(codebook, 1, 3));
        }

        assertThat(forgotten).hasSize(3);
        assertThat(forgotten.get(0)).containsExactly(false, false, false);
        assertThat(forgotten.get(1)).containsExactly(false, true, false);
        assertThat(forgotten.get(2)).containsExactly(false, false, false);
    }

    /** Whatever the first gradients said of the uniform codes is not about the clusters. */
    @Test
    void theOptimizerForgetsAllCodesThatBecameClusters() {
        Codebook codebook = initialized(
                new Codebook(2, 1, BY_GRADIENT, new CodebookStart.Clusters(), new DeadCodeReset.Never()),
                array(new Shape(2, 1), 0, 1));
        CompletedStep completed = completed(training(0), 0);
        List<boolean[]> forgotten = new ArrayList<>();
        codebook.learn(
                new CompletedStep(
                        completed.pass(),
                        completed.terms(),
                        0,
                        (parameter, rows) -> forgotten.add(rows.toBooleanArray())),
                seen(codebook, 10, 20, 21));

        assertThat(forgotten).hasSize(1);
        assertThat(forgotten.get(0)).containsExactly(true, true);
    }

    @Test
    void deadCodesRestartAtDifferentOutputsAndTheSameSeedAtTheSame() {
        double[][] restarted = new double[3][];
        for (int run = 0; run < 3; run++) {
            Codebook codebook = initialized(
                    new Codebook(4, 1, BY_GRADIENT, new CodebookStart.Uniform(), new DeadCodeReset.After(1)),
                    array(new Shape(4, 1), 0, 100, 200, 300));
            codebook.learn(completed(training(run / 2), 0), seen(codebook, 1, 2, 3, 4, 5, 6, 7, 8, 9));
            restarted[run] = parameter(codebook, "codes").toDoubleArray();
            assertThat(restarted[run]).doesNotHaveDuplicates();
        }
        assertThat(restarted[1]).isEqualTo(restarted[0]);
        assertThat(restarted[2]).isNotEqualTo(restarted[0]);
    }

    @Test
    void fewerOutputsThanDeadCodesAreUsedMoreThanOnce() {
        Codebook codebook = initialized(
                new Codebook(4, 1, BY_GRADIENT, new CodebookStart.Uniform(), new DeadCodeReset.After(1)),
                array(new Shape(4, 1), 0, 100, 200, 300));
        learn(codebook, 0, 1, 2);

        assertThat(parameter(codebook, "codes").toDoubleArray()).containsOnly(0, 1, 2);
    }

    @Test
    void clustersOfTheFirstBatchAreWhereTheCodesStart() {
        Codebook codebook = initialized(
                new Codebook(3, 1, BY_AVERAGE, new CodebookStart.Clusters(), new DeadCodeReset.Never()),
                array(new Shape(3, 1), 0, 0.1, 0.2));
        learn(codebook, 0, 10, 11, -7, 30, 31, 32, -8, -9);
        assertThat(parameter(codebook, "codes").toDoubleArray()).containsExactlyInAnyOrder(-8, 10.5, 31);

        // a codebook that has learned does not start again, not even where a new run counts from zero
        learn(codebook, 0, 10.5);
        double[] after = parameter(codebook, "codes").toDoubleArray();
        Arrays.sort(after);
        assertThat(after).containsExactly(new double[] {-8, 10.5, 31}, within(1e-6));
    }

    @Test
    void theMovingAveragesAndTheGradientAgreeOnWhatIsTrainable() {
        Codebook average = initialized(byAverage(EPSILON), array(new Shape(3, 1), 0, 2, 100));
        Codebook gradient = initialized(codebook(3, 1, BY_GRADIENT), array(new Shape(3, 1), 0, 2, 100));

        assertThat(average.getParameters().values()).noneMatch(parameter -> parameter.requiresGradient());
        assertThat(gradient.getParameters().keys().stream()
                        .filter(name -> gradient.getParameters().get(name).requiresGradient()))
                .containsExactly("codes");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> codebook(0, 2, BY_AVERAGE)).hasMessageContaining("0 codes");
        assertThatThrownBy(() -> new CodebookUpdate.ByMovingAverage(1, 1e-5)).hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> new CodebookUpdate.ByMovingAverage(0.9, 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new DeadCodeReset.After(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new CodebookStart.Clusters(-1)).hasMessageContaining("0 or more");
    }

    private static Codebook byAverage(double epsilon) {
        return codebook(3, 1, new CodebookUpdate.ByMovingAverage(DECAY, epsilon));
    }

    private static CompletedStep completed(Pass pass, long step) {
        BoundTerms nothing = new BoundTerms(pass.batch().zeros(new Shape(1, 1)), List.of(), Optional.empty());
        return new CompletedStep(pass, nothing, step, OptimizerState.none());
    }

    private void learn(Codebook codebook, long step, double... outputs) {
        codebook.learn(completed(training(step), step), seen(codebook, outputs));
    }

    private Assignment seen(Codebook codebook, double... outputs) {
        return codebook.nearest(evaluation(0), array(new Shape(outputs.length, 1), outputs));
    }

    private static double[][] state(Codebook codebook) {
        return codebook.getParameters().values().stream()
                .map(parameter -> parameter.getArray())
                .map(array -> array.toType(DataType.FLOAT64, true))
                .map(NDArray::toDoubleArray)
                .toArray(double[][]::new);
    }
}
