package io.vae4j.experiments.data;

import java.util.Map;
import java.util.Optional;

/** A data set in memory. */
public record ArrayDataset(
        String name,
        Examples train,
        Optional<Examples> validation,
        Examples test,
        Provenance provenance,
        Map<String, SplitOrigin> origins)
        implements Dataset {

    /** @throws io.vae4j.experiments.InvalidInput if the splits do not agree */
    public ArrayDataset {
        origins = Map.copyOf(origins);
        Dataset.requireConsistent(new Unchecked(name, train, validation, test, provenance));
    }

    /** One whose splits are given by the data. */
    public ArrayDataset(
            String name, Examples train, Optional<Examples> validation, Examples test, Provenance provenance) {
        this(name, train, validation, test, provenance, Map.of());
    }

    /** One without a validation split. */
    public ArrayDataset(String name, Examples train, Examples test, Provenance provenance) {
        this(name, train, Optional.empty(), test, provenance);
    }

    private record Unchecked(
            String name, Examples train, Optional<Examples> validation, Examples test, Provenance provenance)
            implements Dataset {}
}
