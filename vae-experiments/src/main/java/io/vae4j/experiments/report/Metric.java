package io.vae4j.experiments.report;

/** What a line of metrics.jsonl may hold, in nats per image unless it says otherwise. */
enum Metric {
    LOSS("loss", "Loss"),
    RECONSTRUCTION("reconstruction", "Reconstruction"),
    KL("kl", "KL"),
    ELBO("elbo", "ELBO"),
    BOUND("bound", "Bound"),
    /** The share of a codebook's codes that the split used. */
    CODES_USED("codes_used", "Codes used"),
    /** exp of the entropy of the codes' use over the split. */
    PERPLEXITY("perplexity", "Perplexity"),
    /** Time that the pass over the split took. */
    SECONDS("seconds", "Seconds");

    private final String key;
    private final String heading;

    Metric(String key, String heading) {
        this.key = key;
        this.heading = heading;
    }

    String key() {
        return key;
    }

    String heading() {
        return heading;
    }
}
