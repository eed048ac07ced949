package io.vae4j.experiments.data;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.distribution.Support;
import java.util.Optional;

/**
 * A data set as a recipe names it: a record whose components are the keys below {@code data.set}. A
 * {@link DatasetProvider} makes its kind known.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface DatasetSource {

    /**
     * Reads the data.
     *
     * @throws io.vae4j.experiments.InvalidInput if they cannot be had; one line says what, where and the remedy
     */
    Dataset load(DataAccess access);

    /** Which values the data take, where that is known before they are read. */
    default Optional<Support> support() {
        return Optional.empty();
    }
}
