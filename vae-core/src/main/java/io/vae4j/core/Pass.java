package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.vae4j.core.training.LeafParameters;

/**
 * One forward pass: where parameters come from, who owns what it makes, and where randomness comes from.
 *
 * @param store the parameters; DJL's own blocks are best called by {@link #forward}
 * @param batch owns every array of this pass; closing it frees them all
 * @param mode training or evaluation
 * @param noise the only source of randomness
 * @param latents what the decoder and the prior see of a posterior's samples
 */
public record Pass(ParameterStore store, NDManager batch, Mode mode, Noise noise, Latents latents) {

    public Pass {
        store = BatchParameters.of(store, batch);
    }

    /** A pass that trains; open a gradient collector around it. */
    public static Pass training(ParameterStore store, NDManager batch, Noise noise) {
        return new Pass(store, batch, Mode.TRAIN, noise, Latents.THROUGH);
    }

    /** A pass that evaluates. */
    public static Pass evaluation(ParameterStore store, NDManager batch, Noise noise) {
        return new Pass(store, batch, Mode.EVALUATE, noise, Latents.THROUGH);
    }

    /**
     * The value of a parameter on this pass's device: an alias that this pass owns, so that results of operations on it
     * are freed with the pass. Its gradient reaches the parameter, unless the store is of {@link LeafParameters}.
     */
    public NDArray value(Parameter parameter) {
        return store.getValue(parameter, batch.getDevice(), training());
    }

    /**
     * The answer of one of DJL's own blocks. In the dry run that initializes a model, the block is first initialized
     * for the inputs' shapes.
     */
    public NDList forward(Block block, NDList inputs) {
        return parameters().forward(block, inputs, mode);
    }

    /** The store as this class made it. */
    BatchParameters parameters() {
        return BatchParameters.of(store, batch);
    }

    /** The same values, with no gradient to any parameter; gradients to inputs and latents still flow. */
    public Pass frozen() {
        return new Pass(new FrozenStore(parameters(), batch), batch, mode, noise, latents);
    }

    /** The same pass with other noise. */
    public Pass with(Noise other) {
        return new Pass(store, batch, mode, other, latents);
    }

    /** The same pass with another view of the latents. */
    public Pass with(Latents other) {
        return new Pass(store, batch, mode, noise, other);
    }

    /** What everything downstream of a posterior sees of a sample: the sample itself, or a leaf copy of it. */
    public NDArray latent(NDArray sample) {
        if (latents == Latents.THROUGH) {
            return sample;
        }
        NDArray leaf = sample.stopGradient();
        leaf.attach(batch);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Whether DJL's blocks should behave as in training. */
    public boolean training() {
        return mode == Mode.TRAIN;
    }
}
