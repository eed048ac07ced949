package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import io.vae4j.experiments.training.Cluster;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.LocalSgd;
import io.vae4j.experiments.training.localsgd.Workers;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Who takes the steps of a training: this process, workers that take turns in it, or a cluster. */
final class Workforce implements AutoCloseable {

    private final Optional<LocalSgd> method;
    private final Optional<Cluster> cluster;

    private Workforce(Optional<LocalSgd> method, Optional<Cluster> cluster) {
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
        return new Workforce(
                method, master.isPresent() ? Optional.of(connected(master.get(), name)) : Optional.empty());
    }

    private static Cluster connected(String master, String name) throws IOException {
        return Services.all(Cluster.Provider.class).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "nothing here can reach a cluster",
                        "--master " + master,
                        "start it by ./vae, or put vae-spark and Spark onto the class path"))
                .connect(master, name);
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
        cluster.ifPresent(Cluster::close);
    }
}
