package io.vae4j.experiments.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.constrained.Lagrangian;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.experiments.run.Metric.Gathered;
import io.vae4j.experiments.run.Metric.Gathering;
import io.vae4j.experiments.run.Metric.Unit;
import io.vae4j.models.adversarial.FactorVae;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What objectives that change in training know of themselves, as means over the examples of a split. */
public final class ObjectiveMetrics implements MetricProvider {

    /** The Lagrange multiplier of a constraint: while it moves, its mean over the epoch. */
    public static final Metric MULTIPLIER = new Metric(
            "multiplier",
            "Multiplier",
            Unit.NUMBER,
            mean(
                    Lagrangian.class,
                    (objective, terms) -> objective
                            .multiplier()
                            .value(AdaptiveObjective.constants(terms))
                            .broadcast(terms.reconstruction().getShape())));

    /** By how much a constraint is violated; negative where there is room. */
    public static final Metric CONSTRAINT = new Metric(
            "constraint",
            "Constraint",
            Unit.NATS_PER_EXAMPLE,
            mean(Lagrangian.class, (objective, terms) -> objective.problem().excess(terms)));

    /** The total correlation as FactorVAE's discriminator estimates it. */
    public static final Metric TOTAL_CORRELATION = new Metric(
            "total_correlation",
            "Total correlation",
            Unit.NATS_PER_EXAMPLE,
            mean(FactorVae.class, FactorVae::totalCorrelation));

    @Override
    public List<Metric> metrics() {
        return List.of(MULTIPLIER, CONSTRAINT, TOTAL_CORRELATION);
    }

    /** The mean of a value for each example, [B], that one kind of objective knows; the others have no such metric. */
    private static <O> Gathered mean(Class<O> kind, BiFunction<O, BoundTerms, NDArray> each) {
        return new Gathered(subject -> kind.isInstance(subject.objective())
                ? Optional.of(new RunningMean<>(subject.owner(), kind.cast(subject.objective()), each))
                : Optional.empty());
    }

    /** A mean whose sum stays on the device until somebody looks. */
    private static final class RunningMean<O> implements Gathering {

        /** A step that is skipped may show what is not finite, and the mean is of the others. */
        private static final TorchFunction WITH_FINITE = TorchFunction.ofBody("values, sums", """
                finite = torch.isfinite(values)
                total = torch.sum(torch.where(finite, values, torch.zeros_like(values)))
                count = torch.type_as(torch.sum(finite), sums)
                return torch.add(sums, torch.stack([total, count], 0))""");

        private final O objective;
        private final BiFunction<O, BoundTerms, NDArray> each;
        /** The sum, and of how many, [2]. */
        private final NDArray sums;

        RunningMean(NDManager owner, O objective, BiFunction<O, BoundTerms, NDArray> each) {
            this.objective = objective;
            this.each = each;
            sums = owner.zeros(new Shape(2), DataType.FLOAT64);
        }

        @Override
        public void add(Estimate estimate) {
            try (NDArray values = each.apply(objective, estimate.terms());
                    NDArray wide = values.toType(DataType.FLOAT64, true);
                    NDArray more = WITH_FINITE.apply(wide, sums)) {
                Aten.overwrite(sums, more);
            }
        }

        @Override
        public List<NDArray> state() {
            return List.of(sums);
        }

        @Override
        public boolean isAdditive() {
            return true;
        }

        @Override
        public double value() {
            double[] both = sums.toDoubleArray();
            return both[0] / both[1];
        }

        @Override
        public void close() {
            sums.close();
        }
    }
}
