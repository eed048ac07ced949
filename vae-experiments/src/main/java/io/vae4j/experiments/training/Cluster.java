package io.vae4j.experiments.training;

import io.vae4j.experiments.training.localsgd.Rounds;
import java.io.IOException;

/** Other processes, on this machine or on others, that can be workers of a run. */
public interface Cluster extends AutoCloseable {

    /** Rounds of a run, taken by them. */
    Rounds rounds(WorkerAssignment assignment);

    /** Whose they are, for people. */
    String title();

    @Override
    void close();

    /** Connects to clusters; found by Java's ServiceLoader. */
    @FunctionalInterface
    interface Provider {

        /**
         * Connects to one.
         *
         * @param master its address
         * @param name what the cluster's own pages call this run
         * @throws io.vae4j.experiments.InvalidInput if this is no such address
         * @throws IOException if nobody answers there
         */
        Cluster connect(String master, String name) throws IOException;
    }
}
