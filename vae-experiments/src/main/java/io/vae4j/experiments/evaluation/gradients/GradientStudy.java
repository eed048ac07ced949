package io.vae4j.experiments.evaluation.gradients;

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
import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.NaiveGradient;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.ScoreFunction;
import io.vae4j.core.estimator.ScoreFunction.Baseline;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.TrainedModel;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Repeats the gradient of the importance-weighted bound on the same images with fresh samples, by every estimator, and
 * compares the means with the reparameterized one. The model does not move.
 */
public final class GradientStudy {

    /** The stream of the study's noise; repetition r takes step r, with every estimator. */
    static final long STREAM = RandomStream.GRADIENTS.id();

    private static final String REFERENCE = "pathwise";

    private final Subject subject;
    private final ParameterStore store;
    private final int repeats;
    private final Map<Group, List<Parameter>> groups;

    /**
     * @param examples the same at each call, owned by the manager it is given
     * @param seed of the study's noise
     * @param repeats at least 2
     */
    public GradientStudy(TrainedModel trained, Function<NDManager, Minibatch> examples, long seed, int repeats) {
        this(new Subject(trained.newManager(), trained.model(), examples, seed), repeats);
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

    /** The estimators for k samples by their names, the reference first. */
    static Map<String, GradientEstimator> estimators(int samples) {
        Map<String, GradientEstimator> estimators = new LinkedHashMap<>();
        estimators.put(REFERENCE, new PathwiseGradient());
        estimators.put("sticking-the-landing", new StickingTheLanding());
        estimators.put("doubly-reparameterized", new DoublyReparameterized());
        estimators.put("resampled", new ResampledBackward());
        estimators.put("naive", new NaiveGradient());
        estimators.put("score-function", new ScoreFunction(samples > 1 ? Baseline.LEAVE_ONE_OUT : Baseline.NONE));
        return estimators;
    }

    /** Measures all estimators for k samples, group by group. */
    public List<Quality> measure(int samples) {
        Map<String, GradientEstimator> estimators = estimators(samples);
        try (NDManager scratch = subject.manager().newSubManager()) {
            Map<String, Map<Group, Paired>> measured = new LinkedHashMap<>();
            estimators.keySet().forEach(name -> measured.put(name, none(scratch)));
            for (int repeat = 0; repeat < repeats; repeat++) {
                repeat(scratch, estimators, measured, new Iwae(samples), repeat);
            }
            return groups.keySet().stream()
                    .flatMap(group -> measured.keySet().stream().map(name -> quality(samples, name, group, measured)))
                    .toList();
        }
    }

    /** The moments of an estimator's gradients, and of their differences from the reference's by the same samples. */
    private record Paired(Moments gradient, Moments difference) {}

    private Map<Group, Paired> none(NDManager scratch) {
        Map<Group, Paired> none = new EnumMap<>(Group.class);
        groups.forEach((group, parameters) ->
                none.put(group, new Paired(new Moments(scratch, parameters), new Moments(scratch, parameters))));
        return none;
    }

    private void repeat(
            NDManager scratch,
            Map<String, GradientEstimator> estimators,
            Map<String, Map<Group, Paired>> measured,
            Objective objective,
            int repeat) {
        try (NDManager round = scratch.newSubManager()) {
            Map<Group, NDArray> reference = gradients(round, new PathwiseGradient(), objective, repeat);
            estimators.forEach((name, estimator) -> {
                try (NDManager batch = round.newSubManager()) {
                    Map<Group, NDArray> gradients =
                            name.equals(REFERENCE) ? reference : gradients(batch, estimator, objective, repeat);
                    gradients.forEach((group, gradient) -> {
                        Paired moments = of(measured, name, group);
                        moments.gradient().add(gradient);
                        moments.difference().add(gradient.sub(of(reference, group)));
                    });
                }
            });
        }
    }

    private static Paired of(Map<String, Map<Group, Paired>> measured, String estimator, Group group) {
        return of(of(measured, estimator), group);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private Quality quality(int samples, String name, Group group, Map<String, Map<Group, Paired>> measured) {
        Moments reference = of(measured, REFERENCE, group).gradient();
        Paired paired = of(measured, name, group);
        double variance = sum(paired.gradient().variance());
        double ofDifference = sum(paired.difference().variance());
        double length = norm(reference.mean(), sum(reference.variance()));
        return new Quality(
                samples,
                name,
                group,
                norm(paired.gradient().mean(), variance),
                norm(paired.difference().mean(), ofDifference) / length,
                Math.sqrt(ofDifference / repeats) / length,
                variance);
    }

    /** The length of a mean of gradients, less what its sampling error adds on average. */
    private double norm(NDArray mean, double variance) {
        return Math.sqrt(Math.max(0, sum(mean.square()) - variance / repeats));
    }

    private static double sum(NDArray values) {
        return values.sum().getDouble();
    }

    /** One gradient of each group, flat, owned by the manager. */
    private Map<Group, NDArray> gradients(
            NDManager batch, GradientEstimator estimator, Objective objective, int repeat) {
        backward(batch, estimator, objective, repeat);
        Map<Group, NDArray> gradients = new EnumMap<>(Group.class);
        groups.forEach((group, parameters) -> gradients.put(group, taken(batch, parameters)));
        return gradients;
    }

    private void backward(NDManager batch, GradientEstimator estimator, Objective objective, int repeat) {
        Pass pass = Pass.training(store, batch, Noise.seeded(subject.seed(), repeat, STREAM));
        Minibatch data = subject.data().apply(batch);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            estimator.backward(tape, subject.model(), pass, data.x(), data.condition(), objective);
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
