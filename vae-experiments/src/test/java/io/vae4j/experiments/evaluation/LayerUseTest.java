package io.vae4j.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Lazy;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.Layer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayerUseTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aUnitIsActiveIfItsMeanVariesByMoreThanAHundredthOverTheImages() {
        LayerUse use = new LayerUse();
        // variances over the four images: 0.0033, 0.0133, 0
        use.add(layer(new float[] {0, 0, 7, 0.1f, 0.2f, 7}, 3));
        use.add(layer(new float[] {0, 0, 7, 0.1f, 0.2f, 7}, 3));

        assertThat(use.activeUnits()).isEqualTo(1);
    }

    @Test
    void theKlIsTheMeanOverAllImagesHoweverTheyAreBatched() {
        LayerUse use = new LayerUse();
        use.add(layer(new float[] {1, 2, 3}, 1));
        use.add(layer(new float[] {6}, 1));

        assertThat(use.kl()).isCloseTo((1 + 4 + 9 + 36) / 4.0, within(1e-6));
    }

    /** A layer with given means, and the sum of their squares as its KL. */
    private Layer layer(float[] means, int units) {
        NDArray loc =
                manager.create(means, new Shape(1, means.length / units, units)).duplicate();
        DensityPosterior q = new DensityPosterior(new DiagonalNormal(loc, loc.zerosLike(), 1));
        Inference inference = new Inference(q, () -> q, Draw.of(loc), loc);
        NDArray kl = loc.square().sum(new int[] {2});
        return new Layer(inference, Lazy.of(() -> kl), Lazy.of(() -> Optional.of(kl)));
    }
}
