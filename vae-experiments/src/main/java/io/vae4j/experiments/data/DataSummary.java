package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import java.util.List;

/**
 * What a model must know of its data; a run's manifest keeps it, so that a trained model opens without them.
 *
 * @param event the shape of an example, [C, H, W] or [D]
 * @param support which values its elements take, as they are stored
 * @param classes the names of the classes; none where examples have no class
 */
public record DataSummary(Shape event, Support support, List<String> classes) {

    public DataSummary {
        classes = List.copyOf(classes);
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
