package io.vae4j.spark.training;

import io.vae4j.experiments.training.WorkerAssignment;
import io.vae4j.experiments.training.localsgd.AveragingTree;
import io.vae4j.experiments.training.localsgd.Round;
import io.vae4j.experiments.training.localsgd.RoundPart;
import io.vae4j.experiments.training.localsgd.Rounds;
import io.vae4j.experiments.training.localsgd.TrainingState;
import io.vae4j.spark.ClusterFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Rounds of local SGD as jobs of Spark: one task for each worker, and the average by the same tree as anywhere else, so
 * that a run on a cluster has the bits of one whose workers take turns in one process. Spark takes a task of an
 * executor that is lost again on another one, which comes to the same.
 *
 * <p>Spark's own treeReduce adds what comes in the order in which it comes.
 *
 * <pre>{@code
 * Rounds rounds = new SparkRounds(context, WorkerAssignment.of(recipe, data, Optional.empty(), randomness, method, device));
 * Workers workers = new Workers.Elsewhere(method, rounds);
 * }</pre>
 */
public final class SparkRounds implements Rounds {

    private final JavaSparkContext context;
    private final Broadcast<SentAssignment> assignment;
    private final int workers;

    /** @param assignment of all workers; it is sent to each executor once */
    public SparkRounds(JavaSparkContext context, WorkerAssignment assignment) {
        this.context = context;
        this.assignment = context.broadcast(SentAssignment.of(assignment));
        workers = assignment.method().workers();
    }

    @Override
    public RoundPart run(Round round, TrainingState state) {
        Broadcast<TrainingState> begun = context.broadcast(state);
        try {
            return ClusterFault.told(() -> taken(round, begun));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage() + "; what the run has saved before is whole: --resume it", e);
        } finally {
            begun.destroy();
        }
    }

    private RoundPart taken(Round round, Broadcast<TrainingState> begun) {
        Broadcast<SentAssignment> sent = assignment;
        List<Integer> numbers = IntStream.range(0, workers).boxed().toList();
        return mean(context.parallelize(numbers, workers)
                .mapToPair(worker ->
                        new Tuple2<>(worker, ExecutorWorker.take(sent.value(), round, worker, begun.value()))));
    }

    /** Level by level of an {@link AveragingTree}, until what is left is few enough for the driver. */
    private RoundPart mean(JavaPairRDD<Integer, RoundPart> parts) {
        JavaPairRDD<Integer, RoundPart> level = parts;
        int left = workers;
        while (left > AveragingTree.FAN_IN) {
            left = (left + AveragingTree.FAN_IN - 1) / AveragingTree.FAN_IN;
            level = level.mapToPair(part -> new Tuple2<>(part._1() / AveragingTree.FAN_IN, part))
                    .groupByKey(left)
                    .mapValues(SparkRounds::meanInOrder);
        }
        return meanInOrder(level.collect());
    }

    private static RoundPart meanInOrder(Iterable<Tuple2<Integer, RoundPart>> siblings) {
        List<RoundPart> ordered = StreamSupport.stream(siblings.spliterator(), false)
                .sorted(Comparator.comparing(Tuple2::_1))
                .map(Tuple2::_2)
                .toList();
        return RoundPart.mean(ordered);
    }
}
