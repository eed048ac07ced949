package io.vae4j.experiments.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The part of the data that a measurement is about. */
enum Split {
    TRAIN,
    TEST;

    /** The name in metrics.jsonl. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Split> named(String label) {
        return Arrays.stream(values())
                .filter(split -> split.label().equals(label))
                .findFirst();
    }
}
