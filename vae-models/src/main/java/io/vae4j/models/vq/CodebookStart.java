package io.vae4j.models.vq;

/** The values that codes start from. */
public sealed interface CodebookStart {

    /** Uniform values in +-1/N for N codes, wherever the encoder's outputs may be. */
    record Uniform() implements CodebookStart {}

    /**
     * The centers of clusters of the encoder's outputs for the first batch; the first step itself is taken with uniform
     * codes.
     *
     * @param iterations of Lloyd's algorithm after k-means++, 0 or more
     */
    record Clusters(int iterations) implements CodebookStart {

        public Clusters {
            if (iterations < 0) {
                throw new IllegalArgumentException(
                        "k-means with " + iterations + " iterations was asked for; expected 0 or more");
            }
        }

        /** Ten iterations. */
        public Clusters() {
            this(10);
        }
    }
}
