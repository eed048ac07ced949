package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.objective.ImportanceWeightedObjective;
import io.vae4j.core.objective.Objective;
import io.vae4j.models.vq.CodeUsage;
import io.vae4j.models.vq.Codebook;
import java.util.Optional;

/** Sums over a split that stay on the device until somebody logs, so that no step waits for a number. */
final class Totals implements AutoCloseable {

    private final NDArray sums;
    private final Objective objective;
    private final Optional<CodeUsage> codes;
    private long images;

    /** @param codebook of a model whose latents are codes */
    Totals(NDManager owner, Objective objective, Optional<Codebook> codebook) {
        codes = codebook.map(book -> new CodeUsage(owner, book.count()));
        // float64: float32 loses digits over 60,000 sums of hundreds of nats
        this.sums = owner.zeros(new Shape(4), DataType.FLOAT64);
        this.objective = objective;
    }

    /** Adds a batch; call it with the gradient tape closed. */
    void add(Estimate estimate) {
        images += estimate.loss().size();
        NDArray loss = estimate.loss();
        // a penalty is no part of the bound
        NDArray minusBound = estimate.terms().penalty().map(loss::sub).orElse(loss);
        NDList parts = new NDList(
                loss.sum(),
                estimate.terms().reconstruction().sum(),
                estimate.terms().kl().sum(),
                minusBound.sum());
        try (NDArray stacked = NDArrays.stack(parts);
                NDArray wide = stacked.toType(DataType.FLOAT64, false)) {
            sums.addi(wide);
        }
        parts.close();
        codes.ifPresent(usage -> estimate.terms().layers().stream()
                .flatMap(layer -> layer.inference().sample().codes().stream())
                .forEach(usage::add));
    }

    /** The means so far; this waits for the device. */
    Metrics read(int epoch, long step, Split split, double seconds) {
        try (NDArray means = Ops.scale(sums, 1.0 / images)) {
            double[] values = means.toDoubleArray();
            double loss = values[0];
            Optional<Double> bound =
                    objective instanceof ImportanceWeightedObjective ? Optional.of(-values[3]) : Optional.empty();
            return new Metrics(
                    epoch,
                    step,
                    split,
                    loss,
                    -values[1] - values[2],
                    bound,
                    values[1],
                    values[2],
                    codes.map(CodeUsage::share),
                    codes.map(CodeUsage::perplexity),
                    seconds);
        }
    }

    @Override
    public void close() {
        sums.close();
        codes.ifPresent(CodeUsage::close);
    }
}
