package io.vae4j.models.family;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Convolution;
import io.vae4j.models.network.GivenInitializer;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Kernel;

/** The layer by which a family reads one of its parameters from the features. */
public sealed interface Head {

    /** A layer whose output has as many elements as one event. */
    Affine layer(Shape event);

    /** A dense layer: every feature reaches every element; the features are vectors, [K or 1, B, F]. */
    record Dense(Initialization initialization) implements Head {
        @Override
        public io.vae4j.models.network.Dense layer(Shape event) {
            return new io.vae4j.models.network.Dense(event.size(), initialization);
        }

        /** The same layer with biases that are known beforehand, such as the logits of a data set's mean. */
        public DenseFrom startingAt(float[] bias) {
            return new DenseFrom(initialization, new GivenInitializer(bias));
        }
    }

    /**
     * A dense layer whose biases start at given values.
     *
     * @param bias where they start
     */
    record DenseFrom(Initialization initialization, Initializer bias) implements Head {
        @Override
        public io.vae4j.models.network.Dense layer(Shape event) {
            return new io.vae4j.models.network.Dense(event.size(), initialization, bias);
        }
    }

    /**
     * A convolution that keeps the image's size; the features are maps, [K or 1, B, F, H, W], and the event has
     * {@code channels * H * W} elements.
     *
     * @param channels of the event, such as 1 for gray images
     * @param size of the kernel, odd
     */
    record Convolved(long channels, int size, Initialization initialization) implements Head {
        @Override
        public Convolution layer(Shape event) {
            return new Convolution(channels, Kernel.same(size), initialization);
        }
    }
}
