package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;

/**
 * A posterior with no noise, {@code z = NN(x)}: under {@link io.vae4j.core.objective.Elbo} the model is the plain
 * autoencoder, whose loss {@code -log p(x|z)} bounds nothing. Objectives that weigh samples by {@code log q(z|x)}
 * refuse it.
 */
public final class Deterministic extends TypedBlock implements Posterior, PyTorchSource {

    private final Dense loc;

    /** @param dimensions D, the length of z */
    public Deterministic(long dimensions, Initialization initialization) {
        loc = child("loc", new Dense(dimensions, initialization));
    }

    @Override
    public ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
        appliedTo(pass, condition, features);
        return new PointMass(loc.apply(pass, features));
    }

    /** z, [B, D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(loc.apply(pass, inputs.head()));
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return PyTorchCode.returning("x", "self.loc(x)");
    }
}
