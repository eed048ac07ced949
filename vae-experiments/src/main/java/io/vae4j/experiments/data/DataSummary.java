package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import java.util.List;
import java.util.Optional;

/**
 * What a model must know of its data; a run's manifest keeps it, so that a trained model opens without them.
 *
 * @param event the shape of an example, [C, H, W] or [D]
 * @param support which values its elements take, as they are stored
 * @param classes the names of the classes; none where examples have no class
 * @param table what is known of the columns of a table; empty for other data
 */
public record DataSummary(Shape event, Support support, List<String> classes, Optional<TableForm> table) {

    public DataSummary {
        classes = List.copyOf(classes);
    }

    /** Of data that are no table. */
    public DataSummary(Shape event, Support support, List<String> classes) {
        this(event, support, classes, Optional.empty());
    }

    /** How many numbers an example has. */
    public long dimensions() {
        return event.size();
    }

    /** Whether examples are images of one or three channels, which can be shown. */
    public boolean isImage() {
        return event.dimension() == 3 && (event.get(0) == 1 || event.get(0) == 3);
    }
}
