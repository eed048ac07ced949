package io.vae4j.spark.training;

import io.vae4j.experiments.training.Cluster;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.MasterAddress;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors of Spark as workers of a run. */
public final class SparkCluster implements Cluster {

    private final ClusterSession session;
    private final String master;

    private SparkCluster(ClusterSession session, String master) {
        this.session = session;
        this.master = master;
    }

    @Override
    public Rounds rounds(WorkerAssignment assignment) {
        return new SparkRounds(JavaSparkContext.fromSparkContext(session.spark().sparkContext()), assignment);
    }

    @Override
    public String title() {
        return "Spark " + session.spark().version() + " at " + master;
    }

    @Override
    public void close() {
        session.close();
    }

    /** By which {@code ./vae train --master} finds Spark. */
    public static final class Connection implements Cluster.Provider {

        @Override
        public Cluster connect(String master, String name) throws IOException {
            MasterAddress address = new MasterAddress(master);
            return new SparkCluster(ClusterSession.open(address, name), address.url());
        }
    }
}
