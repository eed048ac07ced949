package io.vae4j.models.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;

/** The layer by which a family reads one of its parameters from the features. */
public sealed interface Head {

    /** A layer whose output has as many elements as one event. */
    Affine layer(Shape event);

    /** Every feature reaches every element; the features are vectors, [K or 1, B, F]. */
    record Flat(Initialisation initialisation) implements Head {
        @Override
        public Dense layer(Shape event) {
            return new Dense(event.size(), initialisation);
        }

        /** The same layer with biases that are known beforehand, such as the logits of a data set's mean. */
        public FlatFrom startingAt(float[] bias) {
            return new FlatFrom(initialisation, new GivenInitializer(bias));
        }
    }

    /**
     * As {@link Flat}, with biases of its own.
     *
     * @param bias where they start
     */
    record FlatFrom(Initialisation initialisation, Initializer bias) implements Head {
        @Override
        public Dense layer(Shape event) {
            return new Dense(event.size(), initialisation, bias);
        }
    }

    /**
     * A convolution that keeps the image's size; the features are maps, [K or 1, B, F, H, W], and the event has
     * {@code channels * H * W} elements.
     *
     * @param channels of the event, such as 1 for grey images
     * @param size of the kernel, odd
     */
    record Convolved(long channels, int size, Initialisation initialisation) implements Head {
        @Override
        public Convolution layer(Shape event) {
            return new Convolution(channels, Kernel.same(size), initialisation);
        }
    }
}
