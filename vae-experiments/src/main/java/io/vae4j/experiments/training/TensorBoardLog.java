package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.core.Pass;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.experiments.recipe.RecipeValues;
import io.vae4j.experiments.report.EventFile;
import io.vae4j.experiments.report.Histogram;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What TensorBoard shows of a run: its recipe, as text and as hyperparameters, and after each epoch the measurements
 * and how gradients and codes are spread. Codes are the posterior means of some test examples.
 */
final class TensorBoardLog implements AutoCloseable {

    private static final int ENCODED = 500;

    /** Of large examples fewer are encoded. */
    private static final long MOST_NUMBERS = 8L << 20;

    private final boolean isResumed;
    private final EventFile events;
    private final TrainingPlan plan;
    private final TrainedModel trained;
    private final DeviceExamples test;

    TensorBoardLog(Path folder, TrainingPlan plan, TrainedModel trained, DeviceExamples test) throws IOException {
        isResumed = !EventFile.in(folder).isEmpty();
        events = EventFile.create(folder);
        this.plan = plan;
        this.trained = trained;
        this.test = test;
    }

    /** Where pictures go. */
    EventFile events() {
        return events;
    }

    /** Says what is run, after which step; what earlier files say of later ones no longer counts. */
    void begin(long step) throws IOException {
        if (isResumed) {
            events.restarted(step + 1);
        }
        // four spaces make Markdown show a text as it is
        events.text(step, "recipe", plan.text().indent(4));
        Map<String, ValueNode> values = new LinkedHashMap<>(RecipeValues.asWritten(plan.text()));
        values.put("seed", LongNode.valueOf(plan.randomness().seed()));
        events.hyperparameters(values);
    }

    /** Adds what was measured. */
    void measured(Measurement measurement) throws IOException {
        for (Metric metric : plan.metrics()) {
            if (metric.unit() != Metric.Unit.SECONDS && measurement.values().containsKey(metric.key())) {
                double value = measurement.values().get(metric.key());
                events.scalar(
                        measurement.step(),
                        metric.tag() + "/" + measurement.split().label(),
                        value);
            }
        }
    }

    /** Adds the gradients of a step by the names of their parameters. */
    void gradients(long step, Map<String, Optional<Histogram>> gradients) throws IOException {
        for (Map.Entry<String, Optional<Histogram>> each : gradients.entrySet()) {
            spread(step, "gradients/" + each.getKey(), each.getValue());
        }
    }

    /** Adds the codes of the first test examples, layer by layer from the data upwards. */
    void codes(long step) throws IOException {
        try (NDManager scratch = trained.newManager()) {
            List<StochasticLayer> layers = layers(scratch);
            for (int i = 0; i < layers.size(); i++) {
                NDArray codes = layers.get(i).inference().posterior().pointEstimate();
                spread(step, "codes/layer-" + (i + 1), Histogram.of(codes.toFloatArray()));
            }
        }
    }

    private List<StochasticLayer> layers(NDManager scratch) {
        Randomness random = plan.randomness();
        long most = Math.max(1, MOST_NUMBERS / trained.view().event().size());
        int shown = (int) Math.min(Math.min(ENCODED, most), test.count());
        Minibatch examples = test.range(scratch, 0, shown, random.noise(RandomStream.FIGURES, 1));
        Pass pass = Pass.evaluation(trained.store(), scratch, random.noise(RandomStream.FIGURES, 2));
        return trained.model()
                .boundTerms(pass, examples.x(), examples.condition(), 1)
                .layers();
    }

    private void spread(long step, String name, Optional<Histogram> values) throws IOException {
        if (values.isPresent()) {
            events.histogram(step, name, values.get());
        }
    }

    /** Says that the run came to its end. */
    void completed() throws IOException {
        events.completed();
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
