package io.vae4j.spark.training;

import io.vae4j.experiments.cluster.ClusterTraining;
import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.ExecutorCheck;
import io.vae4j.spark.MasterAddress;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/** Training on the executors of Spark; {@code ./vae train --workers N --master URL} finds it. */
public final class SparkTraining implements ClusterTraining {

    @Override
    public Connected connect(String master, String name) throws IOException {
        MasterAddress address = new MasterAddress(master);
        ClusterSession session = ClusterSession.open(address, name);
        try {
            ExecutorCheck.require(session.spark());
            return new Executors(session, address.url());
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Those of a session, which ends with them. */
    private record Executors(ClusterSession session, String master) implements Connected {

        @Override
        public Rounds rounds(WorkerAssignment assignment) {
            return new SparkRounds(
                    JavaSparkContext.fromSparkContext(session.spark().sparkContext()), assignment);
        }

        @Override
        public String title() {
            return "Spark " + session.spark().version() + " at " + master;
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
