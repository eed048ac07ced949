package io.vae4j.experiments.gradients;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.DoublyReparameterised;
import io.vae4j.core.objective.Estimator;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.NaiveGradient;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Reparameterised;
import io.vae4j.core.objective.ResampledBackward;
import io.vae4j.core.objective.ScoreFunction;
import io.vae4j.core.objective.ScoreFunction.Baseline;
import io.vae4j.core.objective.StickingTheLanding;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Repeats the gradient of the importance-weighted bound on the same images with fresh draws, by every estimator, and
 * compares the means with the reparameterised one. The model does not move.
 */
public final class GradientStudy {

    /** The stream of the study's noise; repetition r takes step r. */
    static final long STREAM = 0x6772_6164L;

    private static final String REFERENCE = "reparameterised";

    private final Subject subject;
    private final ParameterStore store;
    private final int repeats;
    private final Map<Group, List<Parameter>> groups;

    /**
     * @param images how many training images the gradient is the mean of
     * @param repeats at least 2
     */
    public GradientStudy(Experiment experiment, int images, int repeats) {
        this(
                new Subject(
                        experiment.manager(),
                        experiment.model(),
                        batch -> experiment.firstImages(batch, images),
                        experiment.seed()),
                repeats);
    }

    /** @param repeats at least 2 */
    GradientStudy(Subject subject, int repeats) {
        this.subject = subject;
        this.repeats = repeats;
        store = new ParameterStore(subject.manager(), false);
        groups = subject.model().getParameters().stream()
                .filter(named -> named.getValue().requiresGradient())
                .collect(Collectors.groupingBy(
                        named -> Group.of(named.getKey()),
                        () -> new EnumMap<>(Group.class),
                        Collectors.mapping(named -> named.getValue(), Collectors.toList())));
    }

    /**
     * What is studied.
     *
     * @param manager owns the model
     * @param data the same data at each call, owned by the manager it is given
     */
    record Subject(NDManager manager, LatentModel model, Function<NDManager, Minibatch> data, long seed) {}

    /** The estimators for k draws by their names, the reference first. */
    static Map<String, Estimator> estimators(int samples) {
        Map<String, Estimator> estimators = new LinkedHashMap<>();
        estimators.put(REFERENCE, new Reparameterised());
        estimators.put("sticking-the-landing", new StickingTheLanding());
        estimators.put("doubly-reparameterised", new DoublyReparameterised());
        estimators.put("resampled", new ResampledBackward());
        estimators.put("naive", new NaiveGradient());
        estimators.put("score-function", new ScoreFunction(samples > 1 ? Baseline.LEAVE_ONE_OUT : Baseline.NONE));
        return estimators;
    }

    /** Measures all estimators for k draws, group by group. */
    public List<Quality> measure(int samples) {
        List<Quality> rows = new ArrayList<>();
        try (NDManager scratch = subject.manager().newSubManager()) {
            Map<String, Map<Group, Moments>> measured = new LinkedHashMap<>();
            estimators(samples)
                    .forEach((name, estimator) -> measured.put(name, moments(scratch, estimator, new Iwae(samples))));
            for (Group group : groups.keySet()) {
                Moments reference = of(measured, REFERENCE, group);
                for (String name : measured.keySet()) {
                    rows.add(quality(samples, name, group, of(measured, name, group), reference));
                }
            }
        }
        return rows;
    }

    private static Moments of(Map<String, Map<Group, Moments>> measured, String estimator, Group group) {
        return Objects.requireNonNull(
                Objects.requireNonNull(measured.get(estimator)).get(group));
    }

    private Quality quality(int samples, String name, Group group, Moments moments, Moments reference) {
        double variance = sum(moments.variance());
        double ofReference = sum(reference.variance());
        double length = norm(reference.mean(), ofReference);
        double distance = Math.sqrt(sum(moments.mean().sub(reference.mean()).square()));
        double noise = moments == reference ? 0 : Math.sqrt((variance + ofReference) / repeats);
        return new Quality(
                samples, name, group, norm(moments.mean(), variance), distance / length, noise / length, variance);
    }

    /** The length of a mean of gradients, less what its sampling error adds on average. */
    private double norm(NDArray mean, double variance) {
        return Math.sqrt(Math.max(0, sum(mean.square()) - variance / repeats));
    }

    private static double sum(NDArray values) {
        return values.sum().getDouble();
    }

    private Map<Group, Moments> moments(NDManager scratch, Estimator estimator, Objective objective) {
        Map<Group, Moments> moments = new EnumMap<>(Group.class);
        groups.forEach((group, parameters) -> moments.put(group, new Moments(scratch, parameters)));
        for (int repeat = 0; repeat < repeats; repeat++) {
            try (NDManager batch = scratch.newSubManager()) {
                backward(batch, estimator, objective, repeat);
                groups.forEach((group, parameters) ->
                        Objects.requireNonNull(moments.get(group)).add(taken(batch, parameters)));
            }
        }
        return moments;
    }

    private void backward(NDManager batch, Estimator estimator, Objective objective, int repeat) {
        Pass pass = Pass.training(store, batch, Noise.seeded(subject.seed(), repeat, STREAM));
        Minibatch data = subject.data().apply(batch);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            estimator.backward(tape, subject.model(), pass, data.images(), data.condition(), objective);
        }
    }

    /** Reads the gradients of a group, flat and in float64, and sets them to zero. */
    private static NDArray taken(NDManager batch, List<Parameter> parameters) {
        NDList flat = new NDList();
        for (Parameter parameter : parameters) {
            // toType alone shares the storage where the type is the same, and the gradient is set to zero below
            try (NDArray gradient = parameter.getArray().getGradient();
                    NDArray typed = gradient.toType(DataType.FLOAT64, true)) {
                NDArray copy = typed.duplicate();
                copy.attach(batch);
                flat.add(copy.flatten());
                gradient.subi(gradient);
            }
        }
        return NDArrays.concat(flat);
    }
}
