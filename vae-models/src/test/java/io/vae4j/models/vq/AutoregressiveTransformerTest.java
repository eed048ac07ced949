package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.training.FusedAdam;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The autoregressive prior on grids so small that all of them can be listed. */
class AutoregressiveTransformerTest extends QuantizedTest {

    private static final AutoregressiveTransformer.Size SMALL = new AutoregressiveTransformer.Size(16, 2, 2);
    private static final int CODES = 3;
    private static final int GRIDS = 81;

    @Test
    void theLogitsOfAPositionDependOnEarlierCodesOnly() {
        AutoregressiveTransformer prior = prior(new Shape(1, 2, 3), DataType.FLOAT64);
        long[] codes = {0, 1, 2, 0, 1, 2};
        NDArray before = logits(prior, codes);
        for (int changed = 0; changed < 6; changed++) {
            long[] other = codes.clone();
            other[changed] = (codes[changed] + 1) % CODES;
            NDArray difference = logits(prior, other).sub(before).abs().max(new int[] {2});
            double[] each = difference.toDoubleArray();

            assertThat(Arrays.copyOf(each, changed + 1)).containsOnly(0);
            assertThat(Arrays.stream(each, changed + 1, 6)).allMatch(size -> size > 1e-8);
        }
    }

    @Test
    void theProbabilitiesOfAllGridsSumToOne() {
        for (Condition condition : new Condition[] {Condition.none(), label(1)}) {
            AutoregressiveTransformer prior = new AutoregressiveTransformer(CODES, SMALL, START);
            if (condition instanceof Condition.Given) {
                prior.initialize(manager, DataType.FLOAT64, new Shape(1, 2, 2), new Shape(1, 2));
            } else {
                prior.initialize(manager, DataType.FLOAT64, new Shape(1, 2, 2));
            }
            NDArray logProb = prior.logProb(evaluation(0), allGrids().expandDims(1), condition);

            assertThat(logProb.getShape()).isEqualTo(new Shape(GRIDS, 1));
            assertThat(logProb.exp().sum().getDouble()).isCloseTo(1, within(1e-12));
            assertThat(logProb.exp().max().getDouble()).isLessThan(0.5);
        }
    }

    @Test
    void samplesComeAsOftenAsTheirProbabilitiesSay() {
        AutoregressiveTransformer prior = prior(new Shape(1, 2, 2), DataType.FLOAT64);
        // far from uniform, so that a wrong order of the codes would show
        parameter(prior, "01start_bias").addi(manager.randomNormal(0, 3, new Shape(16), DataType.FLOAT64));
        parameter(prior, "embedding").addi(manager.randomNormal(0, 2, new Shape(CODES, 16), DataType.FLOAT64));
        parameter(prior, "04logits_weight").addi(manager.randomNormal(0, 0.3f, new Shape(CODES, 16), DataType.FLOAT64));
        double[] probabilities = prior.logProb(evaluation(0), allGrids().expandDims(1), Condition.none())
                .exp()
                .toDoubleArray();
        int count = 20_000;
        NDArray samples = prior.sample(evaluation(3), count, Condition.none());
        assertThat(samples.getShape()).isEqualTo(new Shape(count, 1, 2, 2));

        double[] frequencies = frequencies(samples);
        for (int grid = 0; grid < GRIDS; grid++) {
            double error = Math.sqrt(probabilities[grid] * (1 - probabilities[grid]) / count);
            assertThat(frequencies[grid]).isCloseTo(probabilities[grid], within(4.5 * error + 1e-4));
        }
        assertThat(Arrays.stream(probabilities).max().orElseThrow()).isGreaterThan(3.0 / GRIDS);
    }

    /** k1 uniform, k2 = k1, k3 = 0 with probability 0.8 else 2, k4 = (k1 + k3) mod 3. */
    @Test
    void learnsADistributionWithDependenciesNearItsEntropy() {
        AutoregressiveTransformer prior = prior(new Shape(1, 2, 2), DataType.FLOAT32);
        double entropy = Math.log(3) - 0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);
        NDArray data = dataset();
        double start =
                -prior.logProb(evaluation(0), data, Condition.none()).mean().getFloat();
        fit(prior, data, Condition.none(), 300);
        double end =
                -prior.logProb(evaluation(0), data, Condition.none()).mean().getFloat();

        assertThat(start).isGreaterThan(entropy + 1);
        assertThat(end).isBetween(entropy, entropy + 0.05);
    }

    @Test
    void learnsADistributionForEachCondition() {
        AutoregressiveTransformer prior = new AutoregressiveTransformer(CODES, SMALL, START);
        prior.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 2), new Shape(1, 2));
        NDArray data = codes(new Shape(1, 2, 2, 2), 0, 1, 2, 0, 2, 2, 1, 1);
        Condition labels = Condition.given(manager.eye(2));
        fit(prior, data, labels, 200);
        NDArray samples = prior.sample(evaluation(2), 20, labels);

        assertThat(samples.getShape()).isEqualTo(new Shape(20, 2, 2, 2));
        NDArray right = samples.eq(data.broadcast(samples.getShape()));
        assertThat(right.toType(DataType.FLOAT32, true).mean().getFloat()).isGreaterThan(0.95f);
    }

    @Test
    void samplesAreAFunctionOfTheSeed() {
        AutoregressiveTransformer prior = prior(new Shape(1, 2, 2), DataType.FLOAT32);

        assertThat(prior.sample(evaluation(1), 50, Condition.none()))
                .isEqualTo(prior.sample(evaluation(1), 50, Condition.none()))
                .isNotEqualTo(prior.sample(evaluation(2), 50, Condition.none()));
    }

    @Test
    void drawsAreScoredAsExamplesAre() {
        AutoregressiveTransformer prior = prior(new Shape(1, 2, 2), DataType.FLOAT64);
        NDArray grids = allGrids();
        double[] asSamples = prior.logProb(evaluation(0), grids.reshape(27, 3, 2, 2), Condition.none())
                .toDoubleArray();
        double[] asExamples = prior.logProb(evaluation(0), grids.expandDims(0), Condition.none())
                .toDoubleArray();

        assertThat(asSamples).containsExactly(asExamples, within(1e-12));
    }

    @Test
    void wrongGridsAndSizesAreRefused() {
        AutoregressiveTransformer prior = prior(new Shape(1, 2, 2), DataType.FLOAT32);

        assertThatThrownBy(() -> prior.logProb(evaluation(0), allGrids().reshape(-1, 1, 4), Condition.none()))
                .hasMessageContaining("(81, 1, 4)");
        assertThatThrownBy(() -> new AutoregressiveTransformer.Size(10, 3, 1)).hasMessageContaining("multiple");
        assertThatThrownBy(() -> new AutoregressiveCodes(codebook(4, 2, BY_AVERAGE), prior))
                .hasMessageContaining("3 codes")
                .hasMessageContaining("4");
    }

    private AutoregressiveTransformer prior(Shape grid, DataType type) {
        AutoregressiveTransformer prior = new AutoregressiveTransformer(CODES, SMALL, START);
        prior.initialize(manager, type, grid);
        return prior;
    }

    private Condition label(int label) {
        return Condition.given(array(new Shape(1, 2), label, 1 - label));
    }

    private NDArray logits(AutoregressiveTransformer prior, long... codes) {
        return prior.logits(
                evaluation(0), codes(new Shape(1, 1, 2, 3), codes), Condition.none(), UnaryOperator.identity());
    }

    /** Every grid of 2 x 2 codes, the first code counting slowest, [81, 2, 2]. */
    private NDArray allGrids() {
        long[] all = new long[GRIDS * 4];
        for (int grid = 0; grid < GRIDS; grid++) {
            for (int place = 0, rest = grid; place < 4; place++, rest /= CODES) {
                all[grid * 4 + 3 - place] = rest % CODES;
            }
        }
        return codes(new Shape(GRIDS, 2, 2), all);
    }

    private static double[] frequencies(NDArray samples) {
        long[] codes = samples.toLongArray();
        double[] shares = new double[GRIDS];
        for (int i = 0; i < codes.length; i += 4) {
            long grid = ((codes[i] * CODES + codes[i + 1]) * CODES + codes[i + 2]) * CODES + codes[i + 3];
            shares[(int) grid] += 4.0 / codes.length;
        }
        return shares;
    }

    /** The grids of the distribution to learn, in the proportions of their probabilities, [1, 15, 2, 2]. */
    private NDArray dataset() {
        long[] all = new long[15 * 4];
        for (int i = 0; i < 15; i++) {
            long first = i / 5;
            long third = i % 5 < 4 ? 0 : 2;
            long[] grid = {first, first, third, (first + third) % CODES};
            System.arraycopy(grid, 0, all, i * 4, 4);
        }
        return codes(new Shape(1, 15, 2, 2), all);
    }

    private void fit(AutoregressiveTransformer prior, NDArray data, Condition condition, int steps) {
        try (FusedAdam adam = adam(prior)) {
            for (int step = 0; step < steps; step++) {
                try (NDManager batch = manager.newSubManager()) {
                    Pass pass = Pass.training(store, batch, Noise.seeded(0, step, 0));
                    NDArray mine = data.duplicate();
                    mine.attach(batch);
                    try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                        tape.backward(
                                prior.logProb(pass, mine, condition).mean().neg());
                    }
                    adam.step(0.01, step);
                }
            }
        }
    }
}
