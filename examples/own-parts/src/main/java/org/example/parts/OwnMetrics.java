package org.example.parts;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.MetricProvider;
import java.util.List;

/** A metric of one's own: its computation, and one line that names it. */
public final class OwnMetrics implements MetricProvider {

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "latent_norm", "|z|²", Metric.Unit.NUMBER, new Metric.Mean(OwnMetrics::squaredNorm)));
    }

    /** The mean of |z|^2 over the samples, [B]. */
    private static NDArray squaredNorm(Estimate estimate) {
        NDArray z = estimate.terms().layers().get(0).inference().latent();
        return z.square().sum(new int[] {2}).mean(new int[] {0});
    }
}
