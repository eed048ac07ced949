package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.objective.Objective;

/**
 * A model with its objective as an ordinary DJL block, whose {@code forward(x)} or {@code forward(x, c)} is the loss of
 * each example, for DJL's Trainer and EasyTrain together with {@link MeanLoss}. The gradient is the reparameterized
 * one.
 *
 * <p>DJL's trainer knows no {@link io.vae4j.core.training.AfterStep}: a codebook that follows moving averages or
 * clusters does not move here. Train such models in a loop of your own, or let the gradient move the codes. Nor does it
 * know a {@link SeparatelyTrained} part, which it would train by the model's loss, or an {@link AdaptiveObjective}:
 * both are refused.
 */
public final class LossBlock extends TypedBlock {

    private final LatentModel model;
    private final Objective objective;

    /** @throws IllegalArgumentException if the model or the objective has a part that this trainer cannot change */
    public LossBlock(LatentModel model, Objective objective) {
        if (objective instanceof AdaptiveObjective) {
            throw new IllegalArgumentException(
                    "the objective " + objective.getClass().getSimpleName()
                            + " changes in training and DJL's trainer would not change it; train the model by TrainingStep, in"
                            + " a loop of your own");
        }
        SeparatelyTrained.in(model).stream().findFirst().ifPresent(part -> {
            throw new IllegalArgumentException("the model's " + part.getClass().getSimpleName()
                    + " learns by a loss of its own and DJL's trainer would train it by the model's; train the model by"
                    + " TrainingStep, in a loop of your own");
        });
        this.model = child("model", model);
        this.objective = objective;
    }

    /** @return the loss, [B], nats */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray x = inputs.head();
        return new NDList(objective.loss(model.boundTerms(pass, x, condition(inputs), objective.samples())));
    }

    /** What the objective leaves out of the bound is initialized, too. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        ready(pass, model, condition(inputs), singleSample(pass, inputs.head()));
    }
}
