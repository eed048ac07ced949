package io.vae4j.experiments.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Brings a cluster on which a sweep trains its runs. Found by Java's ServiceLoader: the module for Spark has one. */
public interface ClusterProvider {

    /**
     * Connects to a cluster.
     *
     * @throws io.vae4j.experiments.InvalidInput if there is no such cluster or store
     * @throws IOException if it does not answer
     */
    RunBackend connect(Request request) throws IOException;

    /**
     * Brings the files of a sweep that were kept in a store into a folder, where it is missing.
     *
     * @throws io.vae4j.experiments.InvalidInput if there is no sweep in the store
     * @throws IOException if it cannot be read
     */
    void restore(String store, Path folder) throws IOException;

    /**
     * What is asked of a cluster.
     *
     * @param master its address
     * @param store where all machines keep the runs, as an address of a file system; empty for the sweep's folder,
     *     which they share then
     * @param folder the sweep's
     * @param device that each run asks for
     * @param jobs how many runs at one time; empty for one in each place for a task
     * @param arguments that every run is given besides
     */
    record Request(
            String master,
            Optional<String> store,
            Path folder,
            String device,
            OptionalInt jobs,
            List<String> arguments) {}
}
