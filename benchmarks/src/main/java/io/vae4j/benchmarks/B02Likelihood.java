package io.vae4j.benchmarks;

import ai.djl.Device;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.evaluation.Evaluator;
import io.vae4j.experiments.evaluation.LikelihoodEvaluator;
import io.vae4j.experiments.training.TrainingSession;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * W6: the NLL of 100 images by importance sampling, with the network of W2, as {@code ./vae evaluate} does it.
 *
 * <p>What is measured: encoding, samples, decoding, weights, and the sums on the host, and once per image its
 * binarization. Each portion of 2,000 samples encodes its 20 images anew; the peers encode once. {@code baseline} is
 * one draw per image: what does not depend on k.
 *
 * <p>What would measure it wrongly: all samples of all images at once, which is a measure of the memory; a graph for a
 * gradient that nobody asks for; fewer images with more samples, when an encoder then does more or less of the work.
 *
 * <p>How to run: {@code mvn -q -DskipTests -pl benchmarks -am package exec:exec -Djmh.args="B02Likelihood"}.
 */
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class B02Likelihood extends Timed {

    /** The name in files and tables. */
    static final String TITLE = "w6-likelihood";

    private static final int IMAGES = 100;

    /** k, the samples per image. */
    @Param({"5000"})
    public int samples = 5000;

    private final Dataset data = Workbench.randomData(IMAGES);
    private final TrainingSession session = TrainingSession.of(Workload.IWAE.recipe(), data, 0, Device.cpu());
    private final Evaluator evaluator = new Evaluator(session.model(), data.test());

    /** One draw per image. */
    @Benchmark
    public double baseline() {
        return nll(1);
    }

    /** All of them. */
    @Benchmark
    public double nll() {
        return nll(samples);
    }

    double nll(int k) {
        double[] logLikelihood =
                LikelihoodEvaluator.measure(evaluator, 0, k, IMAGES, done -> {}).logLikelihood();
        return -Arrays.stream(logLikelihood).average().orElseThrow();
    }

    /** Frees native memory at the end of a fork. */
    @TearDown(Level.Trial)
    public void close() {
        evaluator.close();
        session.close();
    }
}
