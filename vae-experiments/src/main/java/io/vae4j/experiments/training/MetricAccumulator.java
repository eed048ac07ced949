package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import io.vae4j.experiments.run.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The metrics of a split; sums stay on the device until somebody looks, so that no step waits for a number. */
final class MetricAccumulator implements AutoCloseable {

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

    private final List<Metric> metrics;
    private final List<Summed> summed = new ArrayList<>();
    private final Map<Metric, Metric.Gathering> gathered = new LinkedHashMap<>();
    private final NDArray sums;
    private long examples;

    MetricAccumulator(List<Metric> metrics, Metric.Subject subject) {
        this.metrics = metrics;
        for (Metric metric : metrics) {
            if (metric.computation() instanceof Metric.Mean mean
                    && mean.applies().test(subject)) {
                summed.add(new Summed(metric, mean));
            } else if (metric.computation() instanceof Metric.Gathered states) {
                Optional<? extends Metric.Gathering> begun = states.begin().apply(subject);
                begun.ifPresent(gathering -> gathered.put(metric, gathering));
            }
        }
        // float64: float32 loses digits over 60,000 sums of hundreds of nats
        sums = subject.owner().zeros(new Shape(summed.size()), DataType.FLOAT64);
    }

    /** Adds a batch; call it with the gradient tape closed. */
    void add(Estimate estimate) {
        examples += estimate.loss().size();
        NDList terms = new NDList();
        summed.forEach(each -> terms.add(each.of(estimate)));
        try (NDArray stacked = NDArrays.stack(terms);
                NDArray wide = stacked.toType(DataType.FLOAT64, false)) {
            sums.addi(wide);
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

    /** Of how many examples that is. */
    long examples() {
        return examples;
    }

    /** Goes on after so many examples, whose sums were written into {@link #state}. */
    void restored(long before) {
        examples = before;
    }

    /** Whoever brought the metric must know that it is the one. */
    private static IllegalStateException failed(Metric metric, RuntimeException fault) {
        return new IllegalStateException("the metric " + metric.key() + " fails: " + fault, fault);
    }

    /** The metrics so far; this waits for the device. */
    Measurement read(int epoch, long step, Split split, double seconds) {
        Map<String, Double> means = new LinkedHashMap<>();
        try (NDArray array = Ops.scale(sums, 1.0 / examples)) {
            double[] values = array.toDoubleArray();
            for (int i = 0; i < values.length; i++) {
                means.put(summed.get(i).metric().key(), values[i]);
            }
        }
        Measurement ofMeans = new Measurement(epoch, step, split, means);
        Map<String, Double> all = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            value(metric, ofMeans, seconds).ifPresent(value -> all.put(metric.key(), value));
        }
        return new Measurement(epoch, step, split, all);
    }

    private Optional<Double> value(Metric metric, Measurement means, double seconds) {
        if (metric.computation() instanceof Metric.Derived derived) {
            return Optional.of(derived.from().applyAsDouble(means));
        }
        if (metric.computation() instanceof Metric.Given) {
            return Optional.of(seconds);
        }
        return Optional.ofNullable(means.values().get(metric.key()))
                .or(() -> Optional.ofNullable(gathered.get(metric)).map(Metric.Gathering::value));
    }

    @Override
    public void close() {
        sums.close();
        gathered.values().forEach(Metric.Gathering::close);
    }
}
