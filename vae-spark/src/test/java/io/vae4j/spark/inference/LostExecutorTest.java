package io.vae4j.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.application.Scoring;
import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.spark.ClusterSession;
import io.vae4j.spark.LocalCluster;
import io.vae4j.spark.inference.SmallRuns.Trained;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An executor whose process is killed while it works. */
@ExtendWith({LocalCluster.class, SmallRuns.class})
class LostExecutorTest {

    @TempDir
    private Path home;

    @Test
    void whatItWasDoingIsDoneByAnotherWithTheSameNumbers(ClusterSession session, Trained runs) throws Exception {
        session.spark().conf().set("spark.sql.files.minPartitionNum", 4);
        SparkModel model = SparkModel.open(session.spark(), runs.run("vae"));
        Dataset<Row> images = Pictures.in(home.resolve("pictures"), session.spark(), SmallRuns.COUNT, 4);
        Dataset<Row> scored = model.score(images, "bytes", new Scoring(LikelihoodBound.IWAE, 20_000))
                .select("number", "nll", "standard_error", "reconstruction_error")
                .orderBy("number");
        List<Row> undisturbed = scored.collectAsList();

        Events events = new Events();
        session.spark().sparkContext().addSparkListener(events);
        CompletableFuture<List<Row>> disturbed = CompletableFuture.supplyAsync(scored::collectAsList);
        assertThat(events.firstTask.await(60, TimeUnit.SECONDS)).isTrue();
        executor().destroyForcibly();

        assertThat(disturbed.get(120, TimeUnit.SECONDS)).isEqualTo(undisturbed);
        assertThat(events.removed.await(60, TimeUnit.SECONDS)).isTrue();
    }

    /** One of them: they are children of this process. */
    private static ProcessHandle executor() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .findFirst()
                .orElseThrow();
    }

    private static final class Events extends SparkListener {

        private final CountDownLatch firstTask = new CountDownLatch(1);
        private final CountDownLatch removed = new CountDownLatch(1);

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            firstTask.countDown();
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
            removed.countDown();
        }
    }
}
