package io.vae4j.experiments.evaluation.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import java.util.List;

/** {@code log p(c|x)} by one hidden layer. */
final class ClassifierNetwork extends TypedBlock {

    private final Mlp hidden = child("hidden", new Mlp(List.of(512), Activation.RELU, Initialization.FAN_IN_UNIFORM));
    private final Dense logits;

    ClassifierNetwork(int classes) {
        logits = child("logits", new Dense(classes, Initialization.FAN_IN_UNIFORM));
    }

    /**
     * What the classes are told apart by.
     *
     * @param examples [B, D]
     * @return the hidden layer, [B, 512]
     */
    NDArray features(Pass pass, NDArray examples) {
        return hidden.features(pass, examples.expandDims(0), Condition.none()).squeeze(0);
    }

    /**
     * @param examples [B, D]
     * @return the log-probability of each class, [B, C]
     */
    NDArray logProbabilities(Pass pass, NDArray examples) {
        return logits.apply(pass, features(pass, examples)).logSoftmax(-1);
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(logProbabilities(pass, inputs.head()));
    }
}
