package io.vae4j.models.family;

/** A standard deviation that is the same whatever the network's input. */
public sealed interface GlobalScale extends Scale {

    /**
     * One sigma that is not learned.
     *
     * @param sigma positive
     */
    record Fixed(double sigma) implements GlobalScale {
        public Fixed {
            Scale.check(sigma);
        }
    }

    /**
     * One learned number for all elements: probabilistic PCA.
     *
     * @param sigma before training, positive
     */
    record Isotropic(double sigma) implements GlobalScale {
        public Isotropic {
            Scale.check(sigma);
        }
    }

    /**
     * One learned number for each element: factor analysis.
     *
     * @param sigma before training, positive
     */
    record Each(double sigma) implements GlobalScale {
        public Each {
            Scale.check(sigma);
        }
    }
}
