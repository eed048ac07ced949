package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Network;
import java.util.Optional;

/** A decoder p(x|z,c) made of a network, from z to features, and a family, from features to a distribution. */
public final class NetworkDecoder extends TypedBlock implements Decoder, PyTorchSource {

    private final Network network;
    private final Family<?> likelihood;

    public NetworkDecoder(Network network, Family<?> likelihood) {
        this.network = child("network", network);
        this.likelihood = child("likelihood", likelihood);
    }

    @Override
    public Distribution decode(Pass pass, NDArray z, Condition condition) {
        appliedTo(pass, condition, z);
        requireEvent("latents", z, 2);
        NDArray features = ready(pass, network, condition, z).features(pass, z, condition);
        return ready(pass, likelihood, Condition.none(), features).of(pass, features);
    }

    @Override
    public Optional<Family<?>> likelihood() {
        return Optional.of(likelihood);
    }

    /** From z to features. */
    public Network network() {
        return network;
    }

    /** The mean of p(x|z) for z [B, ...Z]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray z = inputs.head().expandDims(0);
        return new NDList(decode(pass, z, condition(inputs)).mean().squeeze(0));
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return PyTorchCode.returning(inputs.with("z"), "self.likelihood(self.network(" + inputs.with("z") + "))");
    }
}
