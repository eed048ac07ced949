package io.vae4j.experiments;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** The known name that a misspelt one stands for. */
public final class Nearest {

    /** How many letters are inserted, dropped, replaced or swapped with their neighbor. */
    private static final DamerauLevenshteinDistance EDITS = new DamerauLevenshteinDistance();

    private Nearest() {}

    /** A question with a blank behind it; empty where no known name is near. */
    public static String hint(String misspelt, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> EDITS.apply(misspelt, name))
                        .thenComparing(name -> !name.startsWith(misspelt)))
                .filter(name -> EDITS.apply(misspelt, name) <= Math.max(1, misspelt.length() / 2))
                .map(name -> "did you mean '" + name + "'? ")
                .orElse("");
    }
}
