package io.vae4j.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vae4j.core.torch.TorchFunction;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An estimate of what no implementation with these kernels can do without, measured on this machine: the products of
 * matrices, the convolutions and Adam's kernel, as they take in our own step by torch's profiler, the tenth percentile
 * of several steps. Other kernels or layouts may multiply faster, so that a contender may lie below it. W6 updates
 * nothing; its products are those of its first 500 samples for all images, scaled to all samples. They hold the
 * encoder's, which we repeat for each portion: about 1 %.
 *
 * <p>How to run: {@code benchmarks/compare} does, and reads the line of JSON that is printed for each workload,
 * milliseconds.
 */
public final class Floor {

    private static final int STEPS = 30;
    private static final int REPEATS = 15;
    private static final int DRAWS_OF_A_PART = 500;
    private static final long SIDE = 1024;
    private static final long COPIED = 1 << 26;
    private static final double WARM_UP_SECONDS = 3;
    private static final TorchFunction COPY = TorchFunction.of("to, source", "torch.copy_(to, source)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Floor() {}

    /** Measures every workload. */
    public static void main(String[] arguments) throws IOException {
        double gigaflops = 2e-9 * SIDE * SIDE * SIDE / product();
        double gigabytes = 2e-9 * Float.BYTES * COPIED / copy();
        for (Workload workload : Workload.values()) {
            try (Workbench bench = new Workbench(workload.recipe())) {
                double products = within(bench::step, Profile::products, STEPS);
                double update = within(bench::step, Profile::update, STEPS);
                print(workload.title(), products, update, gigaflops, gigabytes);
            }
        }
        print(B02Likelihood.TITLE, likelihoodProducts(), 0, gigaflops, gigabytes);
    }

    private static double likelihoodProducts() {
        B02Likelihood likelihood = new B02Likelihood();
        try {
            int parts = likelihood.samples / DRAWS_OF_A_PART;
            return parts * within(() -> likelihood.nll(DRAWS_OF_A_PART), Profile::products, STEPS / parts);
        } finally {
            likelihood.close();
        }
    }

    /** Milliseconds in kernels of some work, after warming up. */
    private static double within(Runnable work, ToDoubleFunction<Profile> kernels, int times) {
        warmUp(work);
        return smallest(() -> kernels.applyAsDouble(Profile.of(work)) / 1e3, times);
    }

    private static void print(String title, double products, double update, double gigaflops, double gigabytes)
            throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("workload", title)
                .put("floor_ms", products + update)
                .put("products_ms", products)
                .put("update_ms", update)
                .put("gemm_gflops", gigaflops)
                .put("copy_gbytes", gigabytes);
        System.out.println(JSON.writeValueAsString(line));
    }

    /** Seconds for a large product. */
    private static double product() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray a = manager.randomNormal(new Shape(SIDE, SIDE));
            NDArray b = manager.randomNormal(new Shape(SIDE, SIDE));
            return smallest(() -> seconds(() -> a.matMul(b).close()), REPEATS);
        }
    }

    /** Seconds for a copy that no cache holds. */
    private static double copy() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray from = manager.ones(new Shape(COPIED));
            NDArray to = manager.zeros(new Shape(COPIED));
            return smallest(() -> seconds(() -> COPY.apply(to, from).close()), REPEATS);
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** While Java still compiles, its compiler takes time from torch's threads. */
    private static void warmUp(Runnable work) {
        long start = System.nanoTime();
        while ((System.nanoTime() - start) / 1e9 < WARM_UP_SECONDS) {
            work.run();
        }
    }

    /** The tenth percentile: what else runs on the machine only adds. */
    private static double smallest(DoubleSupplier measure, int times) {
        double[] values = IntStream.range(0, times)
                .mapToDouble(i -> measure.getAsDouble())
                .toArray();
        Arrays.sort(values);
        return values[times / 10];
    }
}
