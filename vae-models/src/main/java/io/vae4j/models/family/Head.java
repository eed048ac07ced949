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

    /**
     * The layer for a parameter.
     *
     * @param event the shape of one event
     * @param parameter what its output is to be read as: as many elements as the event, or a multiple or a part of them
     */
    Affine layer(Shape event, Shape parameter);

    /** The same for a parameter that has no data to start from, such as a scale: biases start as all others do. */
    default Head withoutGivenBias() {
        return this;
    }

    /** A dense layer: every feature reaches every element; the features are vectors, [K or 1, B, F]. */
    record Dense(Initialization initialization) implements Head {
        @Override
        public io.vae4j.models.network.Dense layer(Shape event, Shape parameter) {
            return new io.vae4j.models.network.Dense(parameter.size(), initialization);
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
        public io.vae4j.models.network.Dense layer(Shape event, Shape parameter) {
            return new io.vae4j.models.network.Dense(parameter.size(), initialization, bias);
        }

        @Override
        public Head withoutGivenBias() {
            return new Dense(initialization);
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
        public Convolution layer(Shape event, Shape parameter) {
            return new Convolution(channels * parameter.size() / event.size(), Kernel.same(size), initialization);
        }
    }
}
