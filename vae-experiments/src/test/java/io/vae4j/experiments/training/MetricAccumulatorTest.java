package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Metrics;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.models.LinearGaussian;
import io.vae4j.models.Vae;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.network.Initialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricAccumulatorTest {

    @Test
    void everyImageWeighsTheSameHoweverShortItsBatch() {
        try (NDManager manager = NDManager.newBaseManager();
                MetricAccumulator totals = accumulator(manager, new Elbo())) {
            totals.add(estimate(manager, 1, 1, 1));
            totals.add(estimate(manager, 5));
            Measurement metrics = totals.read(1, 2, Split.TRAIN, 0);

            assertThat(metrics.raw(StandardMetrics.LOSS)).isCloseTo(2, within(1e-12));
            assertThat(metrics.raw(StandardMetrics.RECONSTRUCTION)).isCloseTo(20, within(1e-12));
            assertThat(metrics.raw(StandardMetrics.KL)).isCloseTo(6, within(1e-12));
        }
    }

    @Test
    void aSkippedStepCountsAsSuchAndIsNotInTheMeans() {
        try (NDManager manager = NDManager.newBaseManager();
                MetricAccumulator totals = accumulator(manager, new Elbo())) {
            totals.add(estimate(manager, 1, 3));
            totals.terms(estimate(manager, Double.NaN, 5));
            totals.settle(manager.ones(new Shape(1)));
            Measurement metrics = totals.read(1, 2, Split.TRAIN, 0);

            assertThat(metrics.raw(StandardMetrics.LOSS)).isCloseTo(2, within(1e-12));
            assertThat(metrics.raw(StandardMetrics.SKIPPED_STEPS)).isEqualTo(1);
            assertThat(totals.counts()).isEqualTo(new Checkpoint.Counts(2, 1));
        }
    }

    /** {@code -log (1/k) sum w} is the loss less the penalty: at k = 1 the bound is the ELBO. */
    @Test
    void theBoundDoesNotContainThePenalty() {
        try (NDManager manager = NDManager.newBaseManager();
                MetricAccumulator totals = accumulator(manager, new Iwae(1))) {
            BoundTerms without = estimate(manager, 1, 3).terms();
            NDArray penalty = Ops.full(without.logLikelihood(), new Shape(2), 7);
            BoundTerms with = new BoundTerms(without.logLikelihood(), without.layers(), Optional.of(penalty));
            NDArray loss = with.elbo().neg().add(penalty);
            totals.add(new Estimate(with, loss));
            Measurement metrics = totals.read(1, 2, Split.TRAIN, 0);

            assertThat(metrics.raw(StandardMetrics.LOSS)).isCloseTo(20 + 6 + 7, within(1e-12));
            assertThat(metrics.raw(StandardMetrics.ELBO)).isCloseTo(-26, within(1e-12));
            assertThat(metrics.raw(StandardMetrics.BOUND)).isCloseTo(-26, within(1e-12));
        }
    }

    private static MetricAccumulator accumulator(NDManager manager, Objective objective) {
        Vae model = new LinearGaussian(new Shape(1), 1, new GlobalScale.Fixed(1), Initialization.GLOROT_UNIFORM)
                .withAffinePosterior();
        return new MetricAccumulator(Metrics.all(), new Metric.Subject(manager, model, objective));
    }

    /** Losses as given, ten times as much reconstruction, and three times as much KL. */
    private static Estimate estimate(NDManager manager, double... loss) {
        NDArray losses = manager.zeros(new Shape(loss.length), DataType.FLOAT64);
        losses.set(loss);
        NDArray kl = Ops.scale(losses, 3).expandDims(0);
        DensityPosterior q = new DensityPosterior(StandardNormal.over(losses, 1));
        Inference inference = new Inference(q, () -> q, Sample.of(kl), kl);
        StochasticLayer layer =
                new StochasticLayer(inference, Memoized.of(() -> kl), Memoized.of(() -> Optional.of(kl)));
        NDArray logLikelihood = Ops.scale(losses, -10).expandDims(0);
        return new Estimate(new BoundTerms(logLikelihood, List.of(layer), Optional.empty()), losses);
    }
}
