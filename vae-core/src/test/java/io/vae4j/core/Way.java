package io.vae4j.core;

import java.util.Arrays;
import java.util.List;

/** How a step runs: what is right must be so in both ways. */
public enum Way {
    /** Part by part. */
    EAGER,
    /** As one program. */
    COMPILED;

    /** Both, or the one that {@code -Dvae4j.test.way} names: whoever looks for mistakes looks in one at a time. */
    public static List<Way> chosen() {
        String only = System.getProperty("vae4j.test.way", "");
        return Arrays.stream(values())
                .filter(way -> only.isEmpty() || way.name().equalsIgnoreCase(only))
                .toList();
    }
}
