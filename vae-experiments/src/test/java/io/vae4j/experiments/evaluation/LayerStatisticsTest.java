package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayerStatisticsTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aUnitIsActiveIfItsMeanVariesByMoreThanAHundredthOverTheImages() {
        LayerStatistics use = new LayerStatistics();
        // variances over the four images: 0.0033, 0.0133, 0
        use.add(layer(new float[] {0, 0, 7, 0.1f, 0.2f, 7}, 3), 2);
        use.add(layer(new float[] {0, 0, 7, 0.1f, 0.2f, 7}, 3), 2);

        assertThat(use.activeUnits()).isEqualTo(1);
    }

    @Test
    void theKlIsTheMeanOverAllImagesHoweverTheyAreBatched() {
        LayerStatistics use = new LayerStatistics();
        use.add(layer(new float[] {1, 2, 3}, 1), 3);
        use.add(layer(new float[] {6, 100}, 1), 1);

        assertThat(use.kl()).isCloseTo((1 + 4 + 9 + 36) / 4.0, within(1e-6));
    }

    /** Against N(0, I), {@code 1/2 mu^2} for each unit of unit variance. */
    @Test
    void theKlOfEachDimensionIsTheMeanOverTheImagesHoweverTheyAreBatched() {
        LayerStatistics use = new LayerStatistics();
        use.add(againstTheStandardNormal(1, 2, 3, 4), 2);
        use.add(againstTheStandardNormal(5, 6, 100, 100), 1);

        assertThat(use.klPerDimension().orElseThrow())
                .containsExactly(new double[] {(1 + 9 + 25) / 6.0, (4 + 16 + 36) / 6.0}, within(1e-6));
        assertThat(use.kl()).isCloseTo((1 + 9 + 25 + 4 + 16 + 36) / 6.0, within(1e-6));
    }

    @Test
    void aLayerThatKnowsNoKlOfItsDimensionsSaysNone() {
        LayerStatistics use = new LayerStatistics();
        use.add(layer(new float[] {1, 2}, 1), 2);

        assertThat(use.klPerDimension()).isEmpty();
    }

    private StochasticLayer againstTheStandardNormal(float... means) {
        NDArray loc = manager.create(means, new Shape(1, means.length / 2, 2)).duplicate();
        DensityPosterior q = new DensityPosterior(new DiagonalNormal(loc, loc.zerosLike(), 1));
        return StochasticLayer.of(new Inference(q, () -> q, Sample.of(loc), loc), StandardNormal.over(loc, 2));
    }

    /**
     * Means that differ between images by their samples alone: their variance over the images is that of the samples.
     */
    @Test
    void whatTheSamplesOfAnUpperLayerAddToTheVarianceIsTakenOut() {
        for (int samples : new int[] {2, 10, 100}) {
            LayerStatistics use = new LayerStatistics();
            int images = 2000;
            NDArray noise =
                    Noise.seeded(samples, 0, 0).normal(new Shape(samples, images, 2), manager.zeros(new Shape(1)));
            NDArray each = Noise.seeded(samples, 1, 0).normal(new Shape(1, images, 1), manager.zeros(new Shape(1)));
            NDArray signal = NDArrays.concat(new NDList(each, each.zerosLike()), 2);
            use.add(layer(signal.add(noise)), images);

            // the standard error of a variance v of n normal numbers is v sqrt(2 / n)
            double error = Math.sqrt(2.0 / images);
            assertThat(use.variances()[0]).isCloseTo(1, within(4 * (1 + 1.0 / samples) * error));
            assertThat(use.variances()[1]).isCloseTo(0, within(4 * (1.0 / samples) * error * Math.sqrt(2)));
        }
    }

    /** Of a flow the pointEstimate is no mean: its samples are asked. */
    @Test
    void aPosteriorThatDoesNotKnowItsMeanIsJudgedByItsSamples() {
        int images = 2000;
        NDArray pointEstimate = manager.zeros(new Shape(1, images, 1));
        NDArray each = Noise.seeded(0, 1, 0).normal(new Shape(1, images, 1), pointEstimate);
        NDArray samples = Noise.seeded(0, 0, 0)
                .normal(new Shape(100, images, 1), pointEstimate)
                .add(each);
        ApproximatePosterior q = new NoMean(pointEstimate);
        StochasticLayer layer = new StochasticLayer(
                new Inference(q, () -> q, Sample.of(samples), samples),
                Memoized.of(() -> pointEstimate),
                Memoized.of(() -> Optional.of(pointEstimate.squeeze(2))));
        LayerStatistics use = new LayerStatistics();
        use.add(layer, images);

        assertThat(use.variances()[0]).isCloseTo(1, within(4 * 1.01 * Math.sqrt(2.0 / images)));
        assertThat(use.activeUnits()).isEqualTo(1);
    }

    private record NoMean(NDArray pointEstimate) implements ApproximatePosterior {

        @Override
        public Sample sample(Pass pass, long samples) {
            return Sample.of(pointEstimate);
        }

        @Override
        public Optional<Distribution> density() {
            return Optional.empty();
        }

        @Override
        public Optional<NDArray> penalty() {
            return Optional.empty();
        }
    }

    /** A layer with given means, and the sum of their squares as its KL. */
    private StochasticLayer layer(float[] means, int units) {
        return layer(
                manager.create(means, new Shape(1, means.length / units, units)).duplicate());
    }

    private static StochasticLayer layer(NDArray loc) {
        DensityPosterior q = new DensityPosterior(new DiagonalNormal(loc, loc.zerosLike(), 1));
        Inference inference = new Inference(q, () -> q, Sample.of(loc), loc);
        NDArray kl = loc.square().sum(new int[] {2});
        return new StochasticLayer(inference, Memoized.of(() -> kl), Memoized.of(() -> Optional.of(kl)));
    }
}
