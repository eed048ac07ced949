package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Network;
import java.util.ArrayList;
import java.util.List;

/** Networks one after another, as one network; the condition reaches each of them. */
public final class Sequential extends NetworkBlock implements Encoder, PyTorchSource {

    private final List<Network> networks = new ArrayList<>();

    /** @param networks from the input on */
    public Sequential(List<? extends Network> networks) {
        for (Network network : networks) {
            this.networks.add(child("network" + (this.networks.size() + 1), network));
        }
    }

    @Override
    public NDArray features(Pass pass, NDArray x, Condition condition) {
        appliedTo(pass, condition, x);
        NDArray features = x;
        for (Network network : networks) {
            features = ready(pass, network, condition, features).features(pass, features, condition);
        }
        return features;
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= networks.size(); i++) {
            lines.add("x = self.network" + i + "(" + inputs.with("x") + ")");
        }
        lines.add("return x");
        return PyTorchCode.forward(inputs.with("x"), lines);
    }
}
