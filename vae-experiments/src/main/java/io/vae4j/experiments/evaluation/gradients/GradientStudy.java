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
import io.vae4j.core.model.LatentModel;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.TrainedModel;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Repeats the gradient of the importance-weighted bound on the same images with fresh samples, by every estimator, and
 * compares the means with the reparameterized one, or with that of another bound. The model does not move.
 */
public final class GradientStudy {

    /** The stream of the study's noise; repetition r takes step r, with every estimator. */
    static final long STREAM = RandomStream.GRADIENTS.id();

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

    /** Measures all estimators of the gradient of L_k, group by group. */
    public List<Quality> measure(int samples) {
        return measure(samples, repeat -> {});
    }

    /** The same, with progress told by the number of repeats that are done. */
    public List<Quality> measure(int samples, DoubleConsumer progress) {
        return measure(samples, Contender.estimators(samples), progress);
    }

    /**
     * Measures what k samples are used for, group by group; see {@link Contender#IMPORTANCE_WEIGHTED},
     * {@link Contender#DOUBLY_REPARAMETERIZED} and {@link Contender#MEAN}.
     */
    public List<Quality> measureBounds(int samples) {
        return measure(samples, Contender.bounds(samples), repeat -> {});
    }

    /** @param contenders by their names, the reference first */
    private List<Quality> measure(int samples, Map<String, Contender> contenders, DoubleConsumer progress) {
        String reference = contenders.keySet().iterator().next();
        try (NDManager scratch = subject.manager().newSubManager()) {
            Map<String, Map<Group, Paired>> measured = new LinkedHashMap<>();
            contenders.keySet().forEach(name -> measured.put(name, none(scratch)));
            for (int repeat = 0; repeat < repeats; repeat++) {
                repeat(scratch, contenders, measured, repeat);
                progress.accept(repeat + 1);
            }
            return groups.keySet().stream()
                    .flatMap(group -> measured.keySet().stream()
                            .map(name -> quality(
                                    samples, name, group, of(measured, name, group), of(measured, reference, group))))
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
            Map<String, Contender> contenders,
            Map<String, Map<Group, Paired>> measured,
            int repeat) {
        Map<Group, NDArray> reference = new EnumMap<>(Group.class);
        try (NDManager round = scratch.newSubManager()) {
            contenders.forEach((name, contender) -> {
                try (NDManager batch = round.newSubManager()) {
                    // the first is the reference, which stays for the round
                    NDManager owner = reference.isEmpty() ? round : batch;
                    Map<Group, NDArray> gradients = gradients(owner, contender, repeat);
                    gradients.forEach((group, gradient) -> {
                        reference.putIfAbsent(group, gradient);
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

    private Quality quality(int samples, String name, Group group, Paired paired, Paired reference) {
        double variance = sum(paired.gradient().variance());
        double ofDifference = sum(paired.difference().variance());
        double length =
                norm(reference.gradient().mean(), sum(reference.gradient().variance()));
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
    private Map<Group, NDArray> gradients(NDManager batch, Contender contender, int repeat) {
        backward(batch, contender, repeat);
        Map<Group, NDArray> gradients = new EnumMap<>(Group.class);
        groups.forEach((group, parameters) -> gradients.put(group, taken(batch, parameters)));
        return gradients;
    }

    private void backward(NDManager batch, Contender contender, int repeat) {
        Pass pass = Pass.training(store, batch, Noise.seeded(subject.seed(), repeat, STREAM));
        Minibatch data = subject.data().apply(batch);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            contender
                    .estimator()
                    .backward(tape, subject.model(), pass, data.x(), data.condition(), contender.objective());
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
