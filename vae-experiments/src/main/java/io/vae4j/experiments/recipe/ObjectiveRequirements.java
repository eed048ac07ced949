package io.vae4j.experiments.recipe;

import java.util.Optional;

/** What several objectives ask of a model and of its batches; the answer is the reason why it is not so. */
final class ObjectiveRequirements {

    private ObjectiveRequirements() {}

    /** One stochastic layer in which the posterior's dimensions are independent. */
    static Optional<String> factorizedLayer(String kind, ModelSpec model) {
        return model.isFactorized()
                ? Optional.empty()
                : Optional.of(kind + " is defined for one stochastic layer whose dimensions are independent given the"
                        + " data: set model.kind=vae with model.posterior={kind: gaussian}");
    }

    /** More than one example in a batch. */
    static Optional<String> severalExamples(String kind, TrainSpec train) {
        return train.batch() > 1
                ? Optional.empty()
                : Optional.of(kind + " compares the examples of a batch; set train.batch to 2 or more");
    }
}
