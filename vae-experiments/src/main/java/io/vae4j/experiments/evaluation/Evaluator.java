package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.TrainedModel;

/** A trained model with examples held out: what measures it takes these. */
public final class Evaluator implements AutoCloseable {

    private final TrainedModel trained;
    private final NDManager owner;
    private final DeviceExamples examples;

    /** @param held copied to the model's device, as long as this object lives */
    public Evaluator(TrainedModel trained, Examples held) {
        this.trained = trained;
        owner = trained.newManager();
        examples = new DeviceExamples(owner, held, trained.view());
    }

    /** The model; it stays the caller's. */
    public TrainedModel trained() {
        return trained;
    }

    /** How many examples there are. */
    public int count() {
        return examples.count();
    }

    /**
     * Examples from one place to another, binarized by a seed of the evaluation's where they are; owned by
     * {@code batch}.
     */
    public Minibatch examples(NDManager batch, int from, int to, long seed) {
        return examples.range(batch, from, to, Randomness.of(seed).noise(RandomStream.EVALUATION_BITS, from));
    }

    @Override
    public void close() {
        owner.close();
    }
}
