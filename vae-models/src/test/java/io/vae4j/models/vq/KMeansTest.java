package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest extends QuantizedTest {

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64"})
    void findsThreeWellSeparatedClustersFromAnySeed(DataType type) {
        NDList clusters = new NDList();
        NDArray middles = array(new Shape(3, 2), 0, 0, 200, 0, 0, 300).toType(type, true);
        for (int cluster = 0; cluster < 3; cluster++) {
            clusters.add(manager.randomNormal(0, 1, new Shape(50, 2), type).add(middles.get(cluster)));
        }
        NDArray vectors = NDArrays.concat(clusters);
        for (long seed = 0; seed < 10; seed++) {
            NDArray centers = new KMeans(vectors, Noise.seeded(seed, 0, 0)).centers(3, 10);
            for (NDArray cluster : clusters) {
                NDArray distances =
                        centers.sub(cluster.mean(new int[] {0})).square().sum(new int[] {1});
                assertThat(distances.min().toType(DataType.FLOAT64, true).getDouble())
                        .isLessThan(1e-6);
            }
        }
    }

    /** With as many centers as vectors, k-means++ must take each vector once: the others have weight zero. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverTakesAVectorTwiceWhileOthersAreLeft(long seed) {
        NDArray vectors = array(new Shape(5, 1), 0, 1, 3, 7, 15);
        NDArray centers = new KMeans(vectors, Noise.seeded(seed, 0, 0)).centers(5, 0);

        assertThat(centers.toDoubleArray()).containsExactlyInAnyOrder(0, 1, 3, 7, 15);
    }

    @Test
    void theSecondCenterIsDrawnInProportionToTheSquaredDistance() {
        NDArray vectors = array(new Shape(3, 1), 0, 1, 3);
        int pairs = 0;
        int trials = 3000;
        for (int trial = 0; trial < trials; trial++) {
            double[] centers =
                    new KMeans(vectors, Noise.seeded(9, trial, 0)).centers(2, 0).toDoubleArray();
            pairs += centers[0] + centers[1] == 1 ? 1 : 0;
        }
        // 0 then 1 with weight 1 of 10, 1 then 0 with 1 of 5, after an even first sample
        double probability = (0.1 + 0.2) / 3;
        double error = Math.sqrt(probability * (1 - probability) / trials);

        assertThat(pairs / (double) trials).isCloseTo(probability, within(4 * error));
    }

    @Test
    void fewerDifferentVectorsThanCentersAreNoError() {
        NDArray centers = new KMeans(array(new Shape(2, 1), 4, 4), Noise.seeded(0, 0, 0)).centers(3, 5);

        assertThat(centers.toDoubleArray()).containsExactly(4, 4, 4);
    }

    @Test
    void keepsNothingButTheCenters() {
        NDArray vectors = manager.randomNormal(new Shape(40, 2));
        int before = manager.getManagedArrays().size();
        new KMeans(vectors, Noise.seeded(0, 0, 0)).centers(8, 5);

        assertThat(manager.getManagedArrays().size() - before).isLessThan(60);
    }
}
