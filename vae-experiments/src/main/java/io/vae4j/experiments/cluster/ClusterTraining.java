package io.vae4j.experiments.cluster;

import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.Rounds;
import java.io.IOException;

/** Trains by workers on a cluster; found by Java's ServiceLoader. */
public interface ClusterTraining {

    /**
     * Connects to one.
     *
     * @param master its address
     * @param name what the cluster's own pages call the training
     * @throws io.vae4j.experiments.InvalidInput if this is no such address
     * @throws IOException if nobody answers there
     */
    Connected connect(String master, String name) throws IOException;

    /** A cluster that answers. */
    interface Connected extends AutoCloseable {

        /** Rounds of a run, whose workers are its processes. */
        Rounds rounds(WorkerAssignment assignment);

        /** Which one it is, for people. */
        String title();

        @Override
        void close();
    }
}
