package io.vae4j.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.training.ModelState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a peer needs to do the same work, and what it must find: for each workload the weights, the images, the
 * noise, our loss and our gradients, as safetensors. A peer that does not agree is not timed.
 *
 * <p>How to run: {@code benchmarks/compare} does.
 */
public final class PeerInputs {

    private static final int LIKELIHOOD_DRAWS = 100;

    private PeerInputs() {}

    /** Writes one file per workload into the folder that the only argument names. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Workload workload : Workload.values()) {
            try (Workbench bench = new Workbench(workload.recipe());
                    NDManager scratch = NDManager.newBaseManager()) {
                write(folder.resolve(workload.title() + ".safetensors"), step(bench, scratch));
            }
        }
        try (Workbench bench = new Workbench(Workload.IWAE.recipe());
                NDManager scratch = NDManager.newBaseManager()) {
            write(folder.resolve(B02Likelihood.TITLE + ".safetensors"), likelihood(bench, scratch));
        }
    }

    private static NDList step(Workbench bench, NDManager scratch) {
        RecordedNoise noise = new RecordedNoise(scratch);
        NDList arrays = weights(bench);
        Estimate estimate = bench.gradient(scratch, noise);
        arrays.add(named("loss", estimate.loss()));
        for (ModelState.Named parameter : ModelState.of(bench.model())) {
            if (parameter.isTrained()) {
                NDArray gradient = parameter.array().getGradient();
                gradient.attach(scratch);
                arrays.add(named("gradient." + parameter.name(), gradient));
            }
        }
        arrays.addAll(noise.samples());
        bench.step(scratch, Noise.given(noise.samples()));
        arrays.addAll(state("after.", bench));
        return arrays;
    }

    private static NDList likelihood(Workbench bench, NDManager scratch) {
        RecordedNoise noise = new RecordedNoise(scratch);
        NDList arrays = weights(bench);
        arrays.add(named("loglikelihood", bench.logLikelihood(scratch, noise, LIKELIHOOD_DRAWS)));
        arrays.addAll(noise.samples());
        return arrays;
    }

    private static NDList weights(Workbench bench) {
        NDList arrays = state("parameter.", bench);
        arrays.add(named("images", bench.images()));
        return arrays;
    }

    private static NDList state(String prefix, Workbench bench) {
        NDList arrays = new NDList();
        for (ModelState.Named parameter : ModelState.of(bench.model())) {
            arrays.add(named(prefix + parameter.name(), parameter.array()));
        }
        return arrays;
    }

    private static NDArray named(String name, NDArray array) {
        NDArray copy = array.duplicate();
        copy.setName(name);
        return copy;
    }

    private static void write(Path file, NDList arrays) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            arrays.encode(out, NDList.Encoding.SAFETENSORS);
        }
        System.out.println(file);
    }

    /** Standard normal samples of the engine's generator that remembers what it gave. */
    private static final class RecordedNoise implements Noise {

        private final NDManager owner;
        private final List<NDArray> samples = new ArrayList<>();

        RecordedNoise(NDManager owner) {
            this.owner = owner;
        }

        List<NDArray> samples() {
            return samples;
        }

        @Override
        public NDArray normal(Shape shape, NDArray like) {
            NDArray draw = Noise.engine().normal(shape, like);
            NDArray copy = named("noise." + samples.size(), draw);
            copy.attach(owner);
            samples.add(copy);
            return draw;
        }

        @Override
        public NDArray uniform(Shape shape, NDArray like) {
            throw new UnsupportedOperationException("no workload samples uniform numbers in its step");
        }
    }
}
