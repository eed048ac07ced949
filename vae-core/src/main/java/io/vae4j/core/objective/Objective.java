package io.vae4j.core.objective;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.model.BoundTerms;

/** The loss that training minimizes, as a function of the bound's terms for {@link #samples()} samples. */
public interface Objective {

    /** How many samples the objective wants for each example. */
    int samples();

    /** The loss, [B], nats per example; the mean over B is taken once, by the caller. */
    NDArray loss(BoundTerms terms);

    /** Whether log q(z|x) - log p(z) of the samples may stand in for a closed KL, as some estimators need. */
    default KlForm klForm() {
        return KlForm.ANY;
    }

    /** Which forms of the KL an objective is defined for. */
    enum KlForm {
        /** Closed or by the samples. */
        ANY,
        /** A form of its own, made of the posterior's density itself. */
        OWN
    }

    /** Refuses a number of samples below 1 when an objective is made. */
    static void requireSamples(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("the number of samples is " + samples + "; expected at least 1");
        }
    }

    /** Refuses a negative or infinite setting when an objective is made. */
    static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; expected a finite number, 0 or more");
        }
    }
}
