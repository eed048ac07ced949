package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.HostCopy;
import io.vae4j.core.Ops;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;
import io.vae4j.core.training.StepObserver;
import io.vae4j.experiments.run.Checkpoint;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.experiments.training.localsgd.MetricSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The metrics of a split; sums stay on the device until somebody looks, so that no step waits for a number. */
final class MetricAccumulator implements StepObserver, AutoCloseable {

    /** A mean over examples, and its place among the sums. */
    private record Summed(Metric metric, Metric.Mean mean) {

        /** The sum over a batch. */
        NDArray of(Estimate estimate) {
            try {
                return mean.each().apply(estimate).sum();
            } catch (RuntimeException e) {
                throw failed(metric, e);
            }
        }
    }

    /** What is summed of a step that was skipped says nothing of the model, and may be NaN. */
    private static final TorchFunction SETTLE = TorchFunction.ofBody("wide, loss, skipped, sums, counts", """
            kept = torch.where(torch.gt(skipped, 0.), torch.zeros_like(wide), wide)
            _0 = torch.add_(sums, kept)
            examples = torch.mul(torch.rsub(skipped, 1.), torch.numel(loss))
            _1 = torch.add_(counts, torch.cat([examples, skipped], 0))
            written = [sums, counts]
            return written[0]""");

    private final List<Metric> metrics;
    private final List<Summed> summed = new ArrayList<>();
    private final Map<Metric, Metric.Gathering> gathered = new LinkedHashMap<>();
    private final NDArray sums;
    /** How many examples were summed, and how many steps skipped, [2]. */
    private final NDArray counts;
    /** That nothing was skipped. */
    private final NDArray none;

    private final List<Unsettled> unsettled = new ArrayList<>();

    /** A batch of a step that may yet be skipped. */
    private record Unsettled(NDArray sums, NDArray loss) {}

    /** Which of the metrics that say something are measured. */
    enum Kept {
        /** All. */
        ALL,
        /** Those of which two shares of the examples can be measured apart and added. */
        SUMMED
    }

    MetricAccumulator(List<Metric> metrics, Metric.Subject subject) {
        this(metrics, subject, Kept.ALL);
    }

    MetricAccumulator(List<Metric> metrics, Metric.Subject subject, Kept kept) {
        this.metrics = metrics;
        for (Metric metric : metrics) {
            if (metric.computation() instanceof Metric.Mean mean
                    && mean.applies().test(subject)) {
                summed.add(new Summed(metric, mean));
            } else if (metric.computation() instanceof Metric.Gathered states) {
                Optional<? extends Metric.Gathering> begun = states.begin().apply(subject);
                begun.ifPresent(gathering -> keep(metric, gathering, kept));
            }
        }
        // float64: float32 loses digits over 60,000 sums of hundreds of nats
        sums = subject.owner().zeros(new Shape(summed.size()), DataType.FLOAT64);
        counts = subject.owner().zeros(new Shape(2), DataType.FLOAT64);
        none = subject.owner().zeros(new Shape(1), DataType.FLOAT32);
    }

    private void keep(Metric metric, Metric.Gathering gathering, Kept kept) {
        if (kept == Kept.ALL || gathering.isAdditive()) {
            gathered.put(metric, gathering);
        } else {
            gathering.close();
        }
    }

    /** Adds a batch; call it with the gradient tape closed. */
    void add(Estimate estimate) {
        terms(estimate);
        settle(none);
    }

    /**
     * Takes a batch of a step that is not over; call it with the gradient tape closed.
     *
     * @see #settle
     */
    @Override
    public void terms(Estimate estimate) {
        NDList terms = new NDList();
        summed.forEach(each -> terms.add(each.of(estimate)));
        try (NDArray stacked = NDArrays.stack(terms)) {
            unsettled.add(new Unsettled(
                    kept(stacked.toType(DataType.FLOAT64, true)),
                    kept(estimate.loss().stopGradient())));
        }
        terms.close();
        gathered.forEach((metric, state) -> {
            try {
                state.add(estimate);
            } catch (RuntimeException e) {
                throw failed(metric, e);
            }
        });
    }

    @Override
    public void again() {
        unsettled.clear();
    }

    /** A step may pass in parts, each with a manager of its own. */
    private NDArray kept(NDArray array) {
        array.attach(sums.getManager());
        return array;
    }

    /**
     * Adds what was observed, unless the step was skipped.
     *
     * @param skipped 1 or 0, [1]; it stays on the device
     */
    void settle(NDArray skipped) {
        unsettled.forEach(each -> {
            SETTLE.apply(each.sums(), each.loss(), skipped, sums, counts).close();
            each.sums().close();
            each.loss().close();
        });
        unsettled.clear();
    }

    /** What was added so far, by name, where it is: saved, and written into, another one goes on from there. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new TreeMap<>(Map.of("sums", sums));
        gathered.forEach((metric, gathering) -> {
            List<NDArray> arrays = gathering.state();
            for (int i = 0; i < arrays.size(); i++) {
                state.put(metric.key() + "." + i, arrays.get(i));
            }
        });
        return state;
    }

    /** The metrics that are summed, in the order of their sums. */
    List<String> summed() {
        return summed.stream().map(each -> each.metric().key()).toList();
    }

    /** Of how many examples, and without how many steps that is; this waits for the device. */
    Checkpoint.Counts counts() {
        double[] read = HostCopy.read(counts, NDArray::toDoubleArray);
        return new Checkpoint.Counts((long) read[0], (long) read[1]);
    }

    /** Goes on after so many, whose sums were written into {@link #state}. */
    void restored(Checkpoint.Counts before) {
        try (NDArray read = counts.getManager().create(new double[] {before.examples(), before.skippedSteps()})) {
            Aten.overwrite(counts, read);
        }
    }

    /** What was added so far, for one that measures the same; this waits for the device. */
    MetricSums taken() {
        double[] numbers = state().values().stream()
                .flatMapToDouble(array -> Arrays.stream(wide(array)))
                .toArray();
        Checkpoint.Counts counted = counts();
        return new MetricSums(numbers, counted.examples(), counted.skippedSteps());
    }

    private static double[] wide(NDArray array) {
        try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
            return HostCopy.read(wide, NDArray::toDoubleArray);
        }
    }

    /** Adds what another one has taken that measures the same. */
    void add(MetricSums others) {
        int place = 0;
        for (NDArray array : state().values()) {
            int end = place + Math.toIntExact(array.size());
            double[] part = Arrays.copyOfRange(others.numbers(), place, end);
            try (NDArray read = array.getManager().create(part, array.getShape());
                    NDArray more = read.toType(array.getDataType(), true);
                    NDArray sum = array.add(more)) {
                Aten.overwrite(array, sum);
            }
            place = end;
        }
        Checkpoint.Counts before = counts();
        restored(new Checkpoint.Counts(
                before.examples() + others.examples(), before.skippedSteps() + others.skippedSteps()));
    }

    /** Whoever brought the metric must know that it is the one. */
    private static IllegalStateException failed(Metric metric, RuntimeException fault) {
        return new IllegalStateException("the metric " + metric.key() + " fails: " + fault, fault);
    }

    /** The metrics so far; this waits for the device. */
    Measurement read(int epoch, long step, Split split, double seconds) {
        Map<String, Double> means = new LinkedHashMap<>();
        Checkpoint.Counts counted = counts();
        try (NDArray array = Ops.scale(sums, 1.0 / counted.examples())) {
            double[] values = HostCopy.read(array, NDArray::toDoubleArray);
            for (int i = 0; i < values.length; i++) {
                means.put(summed.get(i).metric().key(), values[i]);
            }
        }
        Measurement ofMeans = new Measurement(epoch, step, split, means);
        Map<String, Double> all = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            value(metric, ofMeans, seconds, counted).ifPresent(value -> all.put(metric.key(), value));
        }
        return new Measurement(epoch, step, split, all);
    }

    private Optional<Double> value(Metric metric, Measurement means, double seconds, Checkpoint.Counts counted) {
        if (metric.computation() instanceof Metric.Derived derived) {
            return Optional.of(derived.from().applyAsDouble(means));
        }
        if (metric.equals(StandardMetrics.SKIPPED_STEPS)) {
            return Optional.of((double) counted.skippedSteps()).filter(skipped -> skipped > 0);
        }
        if (metric.computation() instanceof Metric.Given) {
            return Optional.of(seconds).filter(known -> metric.equals(StandardMetrics.SECONDS));
        }
        return Optional.ofNullable(means.values().get(metric.key()))
                .or(() -> Optional.ofNullable(gathered.get(metric)).map(Metric.Gathering::value));
    }

    @Override
    public void close() {
        sums.close();
        counts.close();
        none.close();
        gathered.values().forEach(Metric.Gathering::close);
    }
}
