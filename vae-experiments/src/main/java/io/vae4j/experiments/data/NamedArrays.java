package io.vae4j.experiments.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NumPy arrays by name, as one file of several or several files hold them. */
interface NamedArrays extends Closeable {

    /** An array with the name that it was found by. */
    record Named(String name, NumpyArray array) {}

    /** The array of that name, if there is one. */
    Optional<Named> read(String name, NumpyArray.Elements kept) throws IOException;

    /** For messages: which arrays there are. */
    String listed();

    /** The SHA-256 of each file that was read, by its name. */
    Map<String, String> sha256() throws IOException;

    /** Nothing is open, unless it says so. */
    @Override
    default void close() throws IOException {}

    /** The first of these names that there is. */
    default Optional<Named> first(List<String> names, NumpyArray.Elements kept) throws IOException {
        for (String name : names) {
            Optional<Named> found = read(name, kept);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** As many names as fit into a line. */
    static String listed(List<String> names) {
        int shown = Math.min(10, names.size());
        String first = String.join(", ", names.subList(0, shown));
        return names.isEmpty() ? "no arrays at all" : first + (names.size() > shown ? ", ..." : "");
    }
}
