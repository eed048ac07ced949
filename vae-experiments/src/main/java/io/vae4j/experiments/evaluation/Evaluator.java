package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDManager;
import io.vae4j.core.WithoutGradient;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Excerpt;
import io.vae4j.experiments.training.DeviceExamples;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.TrainedModel;
import java.util.function.Consumer;

/** A trained model with examples held out: what measures it takes these. */
public final class Evaluator implements AutoCloseable {

    /** Batches are whole, so that what is drawn for an example does not depend on how many are looked at. */
    public static final int BATCH = 20;

    private final TrainedModel trained;
    private final NDManager owner;
    private final DeviceExamples examples;
    private final Excerpt excerpt;

    /** @param held copied to the model's device, as long as this object lives */
    public Evaluator(TrainedModel trained, Examples held) {
        this(trained, held, Excerpt.all(held.count()));
    }

    /**
     * Some of the examples held out, which stand next to one another: what is drawn for them is what would be drawn if
     * all were here.
     *
     * @param excerpt where they stand, from the first one of a batch on
     */
    public Evaluator(TrainedModel trained, Examples held, Excerpt excerpt) {
        if (excerpt.first() % BATCH != 0) {
            throw new IllegalArgumentException(
                    "batches begin at multiples of " + BATCH + ", not at " + excerpt.first());
        }
        this.trained = trained;
        this.excerpt = excerpt;
        owner = trained.newManager();
        examples = new DeviceExamples(owner, held, excerpt, trained.view());
    }

    /** The model; it stays the caller's. */
    public TrainedModel trained() {
        return trained;
    }

    /** How many examples there are here. */
    public int count() {
        return examples.count();
    }

    /** How many there are altogether. */
    public long total() {
        return excerpt.total();
    }

    /** The place among all examples of one that is here. */
    public long place(int example) {
        return excerpt.first() + example;
    }

    /**
     * Hands out the first examples in batches, as {@link LikelihoodEvaluator} sees them, binarized alike; no gradient
     * is remembered.
     *
     * @param count how many, from 1 to as many as there are
     */
    public void eachBatch(int count, long seed, Consumer<Portion> consumer) {
        WithoutGradient.run(() -> {
            for (int from = 0; from < count; from += BATCH) {
                try (NDManager owner = trained.newManager()) {
                    int to = Math.min(from + BATCH, count());
                    consumer.accept(new Portion(owner, examples(owner, from, to, seed), from, Math.min(to, count)));
                }
            }
        });
    }

    /**
     * Some examples at a time.
     *
     * @param owner of the examples, and of what is computed of them
     * @param data a whole batch, which may hold more than are asked for
     * @param from the place of its first example
     * @param to that behind the last one that is asked for
     */
    public record Portion(NDManager owner, Minibatch data, int from, int to) {

        /** Those that are asked for. */
        public Minibatch asked() {
            int asked = to - from;
            return new Minibatch(data.x().get(":" + asked), data.condition().rows(0, asked));
        }
    }

    /**
     * Examples from one place to another, binarized by a seed of the evaluation's where they are; owned by
     * {@code batch}.
     */
    public Minibatch examples(NDManager batch, int from, int to, long seed) {
        return examples.range(batch, from, to, Randomness.of(seed).noise(RandomStream.EVALUATION_BITS, place(from)));
    }

    @Override
    public void close() {
        owner.close();
    }
}
