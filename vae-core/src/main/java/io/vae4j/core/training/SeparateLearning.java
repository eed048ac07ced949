package io.vae4j.core.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.BatchParameters;
import io.vae4j.core.Pass;
import java.util.ArrayList;
import java.util.List;

/** A part that learns by a loss of its own, with the optimizer that moves it. */
record SeparateLearning(SeparatelyTrained part, OptimizedParameters optimized) {

    /**
     * The parts of a block that learn by losses of their own, but for those that are frozen.
     *
     * @param trained the block's parameters that are trained; those that these parts train are taken out
     */
    static List<SeparateLearning> in(Block whole, NDManager owner, List<ModelState.Named> trained) {
        List<SeparateLearning> found = new ArrayList<>();
        for (SeparatelyTrained part : SeparatelyTrained.in(whole)) {
            List<Parameter> own = part.getParameters().values();
            List<ModelState.Named> apart = trained.stream()
                    .filter(named -> own.contains(named.parameter()))
                    .toList();
            if (!apart.isEmpty()) {
                trained.removeAll(apart);
                found.add(new SeparateLearning(part, new OptimizedParameters(owner, apart, part.optimizer())));
            }
        }
        return found;
    }

    /** Takes a step of the part's own. */
    void learn(ParameterStore store, CompletedStep step) {
        NDManager batch = step.pass().batch();
        LeafParameters leaves = optimized.leaves(BatchParameters.frozen(store, batch), batch);
        Pass pass = Pass.training(leaves, batch, step.pass().noise());
        optimized.adam().stepIfFinite(leaves, backward(pass, step), part.learningRate(step.index()), step.index());
    }

    private NDArray backward(Pass pass, CompletedStep step) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray loss = part.loss(pass, step);
            tape.backward(loss.mean());
            return loss;
        }
    }
}
