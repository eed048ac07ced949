package io.vae4j.experiments.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;

/**
 * One line of metrics.jsonl, means over a split in nats per image. An epoch's training line averages over the steps as
 * they were taken.
 *
 * @param epoch from 1
 * @param step the steps taken so far
 * @param loss what is minimized
 * @param elbo the evidence lower bound itself, whatever the objective
 * @param bound the importance-weighted bound; empty for other objectives
 * @param reconstruction minus log p(x|z)
 * @param kl KL(q(z|x) || p(z))
 * @param codesUsed the share of a codebook's codes that the whole split used; empty without a codebook
 * @param perplexity of their use over the whole split, from 1 to the number of codes; empty without a codebook
 * @param seconds how long the pass over the split took
 */
@JsonPropertyOrder({
    "epoch",
    "step",
    "split",
    "loss",
    "elbo",
    "bound",
    "reconstruction",
    "kl",
    "codes_used",
    "perplexity",
    "seconds"
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Metrics(
        int epoch,
        long step,
        Split split,
        double loss,
        double elbo,
        Optional<Double> bound,
        double reconstruction,
        double kl,
        @JsonProperty("codes_used") Optional<Double> codesUsed,
        Optional<Double> perplexity,
        double seconds) {

    /** Whether the loss is a number that training can go on from. */
    public boolean finite() {
        return Double.isFinite(loss);
    }
}
