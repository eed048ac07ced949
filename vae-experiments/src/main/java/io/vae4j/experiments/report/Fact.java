package io.vae4j.experiments.report;

import java.util.List;
import java.util.Optional;

/** A term and what it is in this run. */
record Fact(String term, String value) {

    /** The fact as a list of one, or of none where there is nothing to tell. */
    static List<Fact> of(String term, Optional<String> value) {
        return value.filter(text -> !text.isEmpty())
                .map(text -> List.of(new Fact(term, text)))
                .orElse(List.of());
    }
}
