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

    /**
     * Reads the data in the form of those that a model was trained on, such as a table standardized by the statistics
     * of the run; what has no such form is read as by {@link #load(DataAccess)}.
     *
     * @throws io.vae4j.experiments.InvalidInput if they cannot be had, or cannot be brought into that form
     */
    default Dataset load(DataAccess access, DataSummary form) {
        return load(access);
    }

    /**
     * Examples to put to a trained model: the test split where the data have one of their own, else all of them. Their
     * classes are numbered as the run's; those that the run does not know come behind them in the list of names, and
     * {@code access} is told of it.
     *
     * @param form of the data that the model was trained on, into which the examples are brought
     * @throws io.vae4j.experiments.InvalidInput if they cannot be had, or have another shape than the run's
     */
    default Examples asked(DataAccess access, DataSummary form) {
        Dataset loaded = load(access);
        return new AskedExamples(form, loaded.name(), access.progress()).of(loaded.test());
    }

    /**
     * As {@link #asked}, where elements may be missing, such as empty cells of a table.
     *
     * @throws io.vae4j.experiments.InvalidInput as there
     */
    default IncompleteExamples incomplete(DataAccess access, DataSummary form) {
        return IncompleteExamples.complete(asked(access, form));
    }

    /** Which values the data take, where that is known before they are read. */
    default Optional<Support> support() {
        return Optional.empty();
    }
}
