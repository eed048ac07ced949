package io.vae4j.models;

import java.util.List;
import java.util.Locale;

/** How a step runs: what is right must be so in both ways. */
enum Way {
    /** Part by part. */
    EAGER,
    /** As one program. */
    COMPILED;

    /** Both, or the one that {@code -Dvae4j.test.way} names: whoever looks for mistakes looks in one at a time. */
    static List<Way> chosen() {
        String only = System.getProperty("vae4j.test.way", "");
        return only.isEmpty() ? List.of(values()) : List.of(valueOf(only.toUpperCase(Locale.ROOT)));
    }
}
