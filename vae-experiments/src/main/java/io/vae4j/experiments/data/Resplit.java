package io.vae4j.experiments.data;

import java.util.Map;
import java.util.Optional;

/**
 * A data set whose splits are others than those that it was loaded with.
 *
 * @param whole as it was loaded
 */
record Resplit(
        Dataset whole, Examples train, Optional<Examples> validation, Examples test, Map<String, SplitOrigin> origins)
        implements Dataset {

    static Resplit of(Dataset whole, Selection chosen) {
        return new Resplit(
                whole,
                chosen.examples(chosen.train(), whole),
                chosen.validation().map(part -> chosen.examples(part, whole)),
                chosen.examples(chosen.test(), whole),
                chosen.origins());
    }

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public Provenance provenance() {
        return whole.provenance();
    }

    @Override
    public Optional<TableForm> table() {
        return whole.table();
    }
}
