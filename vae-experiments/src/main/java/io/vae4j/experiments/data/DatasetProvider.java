package io.vae4j.experiments.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings a kind of data set into recipes and to {@code --data PATH}; found by Java's ServiceLoader, also in plugins.
 */
public interface DatasetProvider {

    /** Its name in recipes, such as {@code npz}. */
    String kind();

    /** The record whose components are its keys in recipes. */
    Class<? extends DatasetSource> source();

    /** What {@link #at} knows a path by, in a few words for people; empty where such data lie nowhere. */
    default String looksFor() {
        return "";
    }

    /** What lies at a path, if that is of this kind; it looks at names and at the first bytes only. */
    Optional<DatasetSource> at(Path path);
}
