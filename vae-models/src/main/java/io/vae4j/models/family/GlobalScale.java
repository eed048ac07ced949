package io.vae4j.models.family;

/** A standard deviation that is the same whatever the network's input. */
public sealed interface GlobalScale {

    /** The value that sigma is held at, or starts from. */
    double sigma();

    /**
     * One sigma that is not learned.
     *
     * @param sigma positive
     */
    record Fixed(double sigma) implements GlobalScale {
        public Fixed {
            checked(sigma);
        }
    }

    /**
     * One learned number for all elements: probabilistic PCA.
     *
     * @param sigma before training, positive
     */
    record Isotropic(double sigma) implements GlobalScale {
        public Isotropic {
            checked(sigma);
        }
    }

    /**
     * One learned number for each element: factor analysis.
     *
     * @param sigma before training, positive
     */
    record Each(double sigma) implements GlobalScale {
        public Each {
            checked(sigma);
        }
    }

    private static void checked(double sigma) {
        if (!(sigma >= 1e-4 && sigma <= 1e4)) {
            throw new IllegalArgumentException(
                    "sigma is " + sigma + "; expected a standard deviation from 1e-4 to 1e4; rescale the data");
        }
    }
}
