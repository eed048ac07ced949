package io.vae4j.experiments.cli;

import io.vae4j.experiments.cluster.ClusterTraining;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Workers;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Who takes the steps of a training: this process, workers that take turns in it, or a cluster. */
final class Workforce implements AutoCloseable {

    private final Optional<LocalSgd> method;
    private final Optional<ClusterTraining.Connected> cluster;

    private Workforce(Optional<LocalSgd> method, Optional<ClusterTraining.Connected> cluster) {
        this.method = method;
        this.cluster = cluster;
    }

    /**
     * Those that are asked for.
     *
     * @param master of a cluster, where they are not to take turns here
     * @param name of the run, for the cluster's own pages
     * @throws IOException if the cluster does not answer
     */
    static Workforce of(Optional<LocalSgd> method, Optional<String> master, String name) throws IOException {
        Optional<ClusterTraining.Connected> cluster = Optional.empty();
        if (master.isPresent()) {
            cluster = Optional.of(Clusters.provider(ClusterTraining.class).connect(master.get(), name));
        }
        return new Workforce(method, cluster);
    }

    /** The workers of a run. */
    Workers workers(Function<LocalSgd, WorkerAssignment> assignment) {
        return method.<Workers>map(asked -> cluster.<Workers>map(
                                there -> new Workers.Elsewhere(asked, there.rounds(assignment.apply(asked))))
                        .orElseGet(() -> new Workers.InTurn(asked)))
                .orElseGet(Workers::none);
    }

    /** Where they are, in a line; empty where there are none. */
    Optional<String> title() {
        return method.map(asked ->
                asked + cluster.map(there -> ", on " + there.title()).orElse(", which take turns in this process"));
    }

    @Override
    public void close() {
        cluster.ifPresent(ClusterTraining.Connected::close);
    }
}
