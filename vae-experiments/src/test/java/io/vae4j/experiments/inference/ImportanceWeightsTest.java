package io.vae4j.experiments.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportanceWeightsTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theirMeanAndEffectiveSizeAreThoseByHand() {
        ImportanceWeights weights = new ImportanceWeights(1);
        weights.add(logs(new Shape(3, 1), Math.log(1), Math.log(2), Math.log(5)));

        assertThat(weights.logMean()[0]).isCloseTo(Math.log(8 / 3.0), within(1e-12));
        assertThat(weights.meanLog()[0]).isCloseTo(Math.log(10) / 3, within(1e-12));
        assertThat(weights.effectiveSampleSize()[0]).isCloseTo(64 / 30.0, within(1e-12));
    }

    @Test
    void portionsSumUpToTheWhole() {
        ImportanceWeights whole = new ImportanceWeights(2);
        whole.add(logs(new Shape(3, 2), -100, -7, -101, -3, -99, -5));
        ImportanceWeights portions = new ImportanceWeights(2);
        portions.add(logs(new Shape(1, 2), -100, -7));
        portions.add(logs(new Shape(2, 2), -101, -3, -99, -5));

        assertThat(portions.logMean()).containsExactly(whole.logMean(), within(1e-12));
        assertThat(portions.effectiveSampleSize()).containsExactly(whole.effectiveSampleSize(), within(1e-12));
    }

    @Test
    void weightsFarBelowTheSmallestDoubleAreNotLost() {
        ImportanceWeights weights = new ImportanceWeights(1);
        weights.add(logs(new Shape(1, 1), -5000));
        weights.add(logs(new Shape(1, 1), -5000));

        assertThat(weights.logMean()[0]).isCloseTo(-5000, within(1e-9));
        assertThat(weights.effectiveSampleSize()[0]).isCloseTo(2, within(1e-9));
    }

    @Test
    void aDrawThatExplainsNothingCountsAsWeightZero() {
        ImportanceWeights weights = new ImportanceWeights(1);
        weights.add(logs(new Shape(1, 1), Double.NEGATIVE_INFINITY));
        weights.add(logs(new Shape(1, 1), 0));

        assertThat(weights.logMean()[0]).isCloseTo(Math.log(0.5), within(1e-12));
    }

    private NDArray logs(Shape shape, double... values) {
        return manager.create(values, shape).duplicate();
    }
}
