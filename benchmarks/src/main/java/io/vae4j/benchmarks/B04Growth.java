package io.vae4j.benchmarks;

import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How the cost of a step grows with k, the samples per image (W2), and with the batch (W1).
 *
 * <p>What is measured: the whole step. A line with an offset is expected: the encoder runs once whatever k is, and the
 * update does not depend on either. {@code baseline} is that update.
 *
 * <p>What would measure it wrongly: a change of both at once; only sizes whose arrays fit into the cache.
 *
 * <p>How to run: {@code mvn -q -DskipTests -pl benchmarks -am package exec:exec -Djmh.args="B04Growth.step"}.
 */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class B04Growth extends Stepping {

    /** A recipe, and the key that grows. */
    @Param({
        "iwae-50 objective.samples=1",
        "iwae-50 objective.samples=2",
        "iwae-50 objective.samples=5",
        "iwae-50 objective.samples=10",
        "iwae-50 objective.samples=50",
        "iwae-50 objective.samples=100",
        "vae train.batch=16",
        "vae train.batch=32",
        "vae train.batch=64",
        "vae train.batch=128",
        "vae train.batch=256",
        "vae train.batch=512",
        "vae train.batch=1024"
    })
    public String size = "vae train.batch=16";

    @Override
    Workbench workbench() {
        List<String> words = List.of(size.split(" ", 2));
        return new Workbench(Recipes.find(words.get(0), words.subList(1, 2)));
    }

    /** What does not depend on k or the batch. */
    @Benchmark
    public long baseline() {
        return bench().update();
    }
}
