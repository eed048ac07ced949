package io.vae4j.experiments.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The part of the data that a measurement is about. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The name in metrics.jsonl. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The split of a name; empty where it is none. */
    public static Optional<Split> named(String label) {
        return Arrays.stream(values())
                .filter(split -> split.label().equals(label))
                .findFirst();
    }
}
