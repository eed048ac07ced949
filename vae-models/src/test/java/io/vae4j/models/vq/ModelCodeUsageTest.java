package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelCodeUsageTest extends QuantizedTest {

    /** Codes 0, 0, 1, 1 of two and 2, 2, 2, 2 of four: three of six are used, the entropies are log 2 and 0. */
    @Test
    void layersAreCountedApartAndSummedUp() {
        VectorQuantizer two = quantizer(0, 1);
        VectorQuantizer four = quantizer(0, 1, 2, 3);
        try (ModelCodeUsage usage =
                ModelCodeUsage.of(manager, new Both(two, four)).orElseThrow()) {
            usage.add(layer(two, 0, 0, 1, 1));
            usage.add(layer(four, 2, 2, 2, 2));

            assertThat(usage.share()).isEqualTo(0.5);
            assertThat(usage.perplexity()).isCloseTo(Math.sqrt(2), within(1e-12));
        }
    }

    @Test
    void theExamplesBehindThoseThatAreAskedForDoNotCount() {
        VectorQuantizer four = quantizer(0, 1, 2, 3);
        try (ModelCodeUsage usage = ModelCodeUsage.of(manager, four).orElseThrow()) {
            usage.add(layer(four, 0, 1, 3, 3), 2);

            assertThat(usage.share()).isEqualTo(0.5);
            assertThat(usage.perplexity()).isCloseTo(2, within(1e-12));
        }
    }

    @Test
    void aModelWithoutCodesHasNoUsageAndCodesOfAnotherModelAreRefused() {
        VectorQuantizer one = quantizer(0, 1);
        VectorQuantizer other = quantizer(0, 1);

        assertThat(ModelCodeUsage.of(manager, new GridEncoder())).isEmpty();
        try (ModelCodeUsage usage = ModelCodeUsage.of(manager, one).orElseThrow()) {
            assertThatThrownBy(() -> usage.add(layer(other, 0))).hasMessageContaining("not the model's");
        }
    }

    /** Codes of length 1 at the given places. */
    private VectorQuantizer quantizer(double... codes) {
        return identity(
                codebook(codes.length, 1, BY_AVERAGE),
                array(new Shape(codes.length, 1), codes),
                0.25,
                QuantizationGradient.STRAIGHT_THROUGH);
    }

    /** One position for each example. */
    private StochasticLayer layer(VectorQuantizer quantizer, double... features) {
        Pass pass = evaluation(0);
        NDArray grid = array(new Shape(1, features.length, 1, 1, 1), features);
        ApproximatePosterior q = quantizer.infer(pass, grid, Condition.none());
        Inference inference = Inference.of(pass, q, () -> q, 1);
        return new StochasticLayer(inference, Memoized.of(() -> grid), Memoized.of(Optional::empty));
    }

    private static final class Both extends TypedBlock {

        Both(VectorQuantizer one, VectorQuantizer other) {
            child("one", one);
            child("other", other);
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return inputs;
        }
    }
}
