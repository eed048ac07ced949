package io.vae4j.experiments.data;

import java.util.Optional;

/** A data set in memory. */
public record ArrayDataset(
        String name, Examples train, Optional<Examples> validation, Examples test, Provenance provenance)
        implements Dataset {

    /** @throws io.vae4j.experiments.InvalidInput if the splits do not agree */
    public ArrayDataset {
        Dataset.requireConsistent(new Unchecked(name, train, validation, test, provenance));
    }

    /** One without a validation split. */
    public ArrayDataset(String name, Examples train, Examples test, Provenance provenance) {
        this(name, train, Optional.empty(), test, provenance);
    }

    private record Unchecked(
            String name, Examples train, Optional<Examples> validation, Examples test, Provenance provenance)
            implements Dataset {}
}
