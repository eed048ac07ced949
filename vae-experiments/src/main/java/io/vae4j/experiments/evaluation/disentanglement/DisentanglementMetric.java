package io.vae4j.experiments.evaluation.disentanglement;

import java.util.List;
import java.util.Optional;

/** Tells how well the dimensions of a representation stand for the factors of the data, in one figure or a few. */
public interface DisentanglementMetric {

    /** What it is called in tables, such as {@code MIG}. */
    String title();

    /** Where it is defined: authors, year, section or equation, and address. */
    String paper();

    /** Which of two figures is the better one. */
    default Better better() {
        return Better.HIGHER;
    }

    /** Why it cannot be said of a representation; empty where it can. */
    default Optional<String> incompatibility(Representation representation) {
        return Optional.empty();
    }

    /**
     * The figures.
     *
     * @param representation of which {@link #incompatibility} has nothing to say
     * @param seed of all that is drawn: with one seed, one representation has one score
     */
    List<Score> scores(Representation representation, long seed);

    /** Which way is good. */
    enum Better {
        HIGHER,
        LOWER
    }

    /**
     * One figure.
     *
     * @param key in files, lower-case with underscores, such as {@code mig}
     */
    record Score(String key, double value) {}
}
