package io.vae4j.core.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.BatchParameters;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.AdaptiveObjective;
import io.vae4j.core.objective.BatchCoupled;
import io.vae4j.core.objective.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One step of training, {@code theta <- theta - lr Adam(d/dtheta (1/B) sum_i loss(x_i))}: forward, backward, the
 * update, and what parts of the model do after it. A step whose loss or gradient is not finite changes nothing
 * ({@link #skipped}).
 *
 * <pre>{@code
 * try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
 *     for (NDArray x : batches) {
 *         float loss = step.on(x, Condition.none(), new Elbo(), 1e-3).meanLoss();
 *     }
 * }
 * }</pre>
 */
public final class TrainingStep implements AutoCloseable {

    /** The stream of noise of steps that are given none. */
    private static final long STREAM = 2;

    private final LatentModel model;
    private final GradientEstimator estimator;
    private final NDManager owner;
    private final ParameterStore store;
    private final OptimizedParameters main;
    private final List<SeparateLearning> separate = new ArrayList<>();
    private final Optional<LearnedObjective> learned;
    private Optional<WeightAverage> average = Optional.empty();
    /** Whether parts change besides by the optimizer: they must be told by the host to leave out a step. */
    private final boolean changesAfter;

    private Optional<CompiledStep> compiled = Optional.empty();
    private int parts = 1;
    private long taken;

    /**
     * @param model initialized; its parameters stay its own
     * @param estimator how the gradient is taken
     * @param settings of the optimizer of all that is not {@link SeparatelyTrained}
     * @throws IllegalArgumentException if all of that is frozen
     */
    public TrainingStep(LatentModel model, GradientEstimator estimator, FusedAdam.Settings settings) {
        this(model, estimator, settings, Optional.empty());
    }

    /**
     * The same for an objective that may change in training: its part is initialized for the model, and changes after
     * each step.
     *
     * @param objective what the model will be trained by, or, where that is a schedule, any of its objectives: all
     *     share one part
     */
    public TrainingStep(
            LatentModel model, GradientEstimator estimator, FusedAdam.Settings settings, Objective objective) {
        this(
                model,
                estimator,
                settings,
                objective instanceof AdaptiveObjective adaptive ? Optional.of(adaptive) : Optional.empty());
    }

    private TrainingStep(
            LatentModel model,
            GradientEstimator estimator,
            FusedAdam.Settings settings,
            Optional<AdaptiveObjective> objective) {
        this.model = model;
        this.estimator = estimator;
        List<ModelState.Named> trained = trained(ModelState.of(model));
        requireAny(trained, SeparatelyTrained.in(model));
        NDArray any = trained.get(0).array();
        owner = any.getManager().newSubManager();
        store = new ParameterStore(owner, false);
        separate.addAll(SeparateLearning.in(model, owner, trained));
        main = new OptimizedParameters(owner, trained, settings);
        learned = objective.map(adaptive -> LearnedObjective.of(adaptive, model, owner, any.getDataType()));
        learned.ifPresent(own -> separate.addAll(SeparateLearning.in(own.part(), owner, trained(own.parameters()))));
        changesAfter = !separate.isEmpty()
                || learned.isPresent()
                || !AfterStep.in(model).isEmpty();
    }

    /**
     * Takes a step.
     *
     * @param x [B, ...X]; its manager owns what the step makes
     * @return the terms and the loss before the update
     */
    public Estimate on(NDArray x, Condition condition, Objective objective, double learningRate) {
        return on(new Inputs(x, condition, objective, learningRate, taken, Noise.seeded(0, taken, STREAM)));
    }

    /**
     * What one step is taken on.
     *
     * @param x [B, ...X]; its manager owns what the step makes
     * @param index the steps taken before it, 0 for the first
     * @param noise its only source of randomness
     */
    public record Inputs(
            NDArray x, Condition condition, Objective objective, double learningRate, long index, Noise noise) {

        /** The same with other noise. */
        Inputs with(Noise other) {
            return new Inputs(x, condition, objective, learningRate, index, other);
        }
    }

    /** As {@link #on(NDArray, Condition, Objective, double)}, with noise and number of the caller's. */
    public Estimate on(Inputs inputs) {
        return on(inputs, estimate -> {});
    }

    /**
     * As {@link #on(Inputs)}.
     *
     * @param observer is shown the terms before the parameters move: some are views of parameters, or computed only
     *     when they are asked for
     */
    public Estimate on(Inputs inputs, StepObserver observer) {
        return take(inputs, observer, gradients -> {});
    }

    /**
     * As {@link #on(Inputs, StepObserver)}, and shows the gradient that the step goes by, before it is clipped.
     *
     * @param gradients is given the gradient of each parameter that the model's loss trains, by its first name; the
     *     batch owns the arrays
     */
    public Estimate on(Inputs inputs, StepObserver observer, Consumer<Map<String, NDArray>> gradients) {
        return take(inputs, observer, shown -> gradients.accept(shown.get()));
    }

    private Estimate take(Inputs inputs, StepObserver observer, Consumer<Supplier<Map<String, NDArray>>> gradients) {
        requireKnown(inputs.objective());
        Estimate estimate = parts == 1 ? asProgram(inputs, observer, gradients) : inParts(inputs, observer, gradients);
        average.ifPresent(averaged -> averaged.after(inputs.index(), skipped().latest()));
        taken = inputs.index() + 1;
        return estimate;
    }

    private Estimate asProgram(
            Inputs inputs, StepObserver observer, Consumer<Supplier<Map<String, NDArray>>> gradients) {
        if (compiled.isEmpty()) {
            return whole(inputs, observer, gradients);
        }
        CompiledStep.Attempt attempt = compiled.get().on(inputs, observer, gradients);
        return attempt instanceof CompiledStep.Attempt.Taken taken
                ? taken.estimate()
                : whole(((CompiledStep.Attempt.Left) attempt).inputs(), observer, gradients);
    }

    private Estimate whole(Inputs inputs, StepObserver observer, Consumer<Supplier<Map<String, NDArray>>> gradients) {
        NDManager batch = inputs.x().getManager();
        LeafParameters leaves = main.leaves(separate.isEmpty() ? store : BatchParameters.frozen(store, batch), batch);
        Pass pass = Pass.training(leaves, batch, inputs.noise());
        Estimate estimate = backward(pass, inputs);
        observer.terms(estimate);
        gradients.accept(() -> main.gradients(leaves));
        main.adam().stepIfFinite(leaves, estimate.loss(), inputs.learningRate(), inputs.index());
        if (!changesAfter || !skipped().isLatest()) {
            after(pass, estimate, inputs);
        }
        return estimate;
    }

    private void after(Pass pass, Estimate estimate, Inputs inputs) {
        CompletedStep completed = new CompletedStep(pass, estimate.terms(), inputs.index(), this::forget);
        separate.forEach(part -> part.learn(store, completed));
        AfterStep.run(model, completed);
        learned.ifPresent(own -> AfterStep.run(own.part(), completed));
    }

    private Estimate inParts(Inputs inputs, StepObserver observer, Consumer<Supplier<Map<String, NDArray>>> gradients) {
        if (inputs.objective() instanceof BatchCoupled) {
            throw new IllegalArgumentException(
                    "in " + inputs.objective().getClass().getSimpleName()
                            + " the loss of an example depends on all others of its batch, so that a batch cannot be passed in"
                            + " parts; do without accumulation");
        }
        compiled.ifPresent(step -> step.refuse("its batches pass in " + parts + " parts"));
        BatchParts passes = new BatchParts(inputs, parts, main.adam().parameters());
        Estimate estimate = passes.run((part, batch) -> {
            LeafParameters leaves = main.leaves(store, batch);
            Estimate ofPart = backward(Pass.training(leaves, batch, part.noise()), part);
            observer.terms(ofPart);
            return new BatchParts.Passed(ofPart, leaves);
        });
        gradients.accept(() -> main.named(passes.gradients()));
        main.adam().stepIfFinite(passes.gradients(), estimate.loss(), inputs.learningRate(), inputs.index());
        return estimate;
    }

    private Estimate backward(Pass pass, Inputs inputs) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            return estimator.backward(tape, model, pass, inputs.x(), inputs.condition(), inputs.objective());
        }
    }

    /**
     * Passes each batch in so many parts, whose gradients add up to that of the whole: the same step up to rounding,
     * with the same noise, in a fraction of the memory. An observer is shown each part.
     *
     * <pre>{@code
     * TrainingStep step = new TrainingStep(model, estimator, settings).accumulating(4);
     * }</pre>
     *
     * @param parts 1 or more; of a batch with fewer examples, as many as it has
     * @return this
     * @throws IllegalArgumentException if something must see the whole batch at once: a part that changes after a step
     *     or learns by a loss of its own, or an adaptive objective
     */
    public TrainingStep accumulating(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("a batch was to be passed in " + parts + " parts; expected 1 or more");
        }
        if (parts > 1 && changesAfter) {
            throw new IllegalArgumentException("a part of the model or of the objective learns from the whole batch at"
                    + " once, so that a batch cannot be passed in parts; do without accumulation");
        }
        this.parts = parts;
        return this;
    }

    /**
     * Takes steps as programs: what the parts of the model do is taken down in the first step, and runs as one call
     * from then on. A step that cannot be one, such as one in which a part reads a number on the host, is taken as
     * ever.
     *
     * @return this
     */
    public TrainingStep compiled() {
        if (compiled.isEmpty()) {
            compiled = Optional.of(new CompiledStep(this, owner, model, estimator));
        }
        return this;
    }

    /**
     * Takes steps operation by operation, as they are unless {@link #compiled} is asked for.
     *
     * @return this
     */
    public TrainingStep eager() {
        compiled.ifPresent(CompiledStep::close);
        compiled = Optional.empty();
        return this;
    }

    /** Why a step could not be a program, where {@link #compiled} was asked for and one could not. */
    public Optional<String> refused() {
        return compiled.flatMap(CompiledStep::refused);
    }

    /** The programs of the steps so far, as TorchScript. */
    public List<String> programs() {
        return compiled.map(CompiledStep::sources).orElseGet(List::of);
    }

    /** The optimizers, that of all that is not trained separately first. */
    List<OptimizedParameters> optimized() {
        List<OptimizedParameters> all = new ArrayList<>(List.of(main));
        separate.forEach(part -> all.add(part.optimized()));
        return all;
    }

    /** Whether parts change besides by the optimizer. */
    boolean changesAfter() {
        return changesAfter;
    }

    /** The parts that learn by losses of their own. */
    List<SeparateLearning> separate() {
        return separate;
    }

    /** The part of the objective that learns, if it has one. */
    Optional<LearnedObjective> learned() {
        return learned;
    }

    /**
     * Keeps a moving average of the model's weights, to evaluate by.
     *
     * @param decay how much of it remains after a step, such as 0.999
     * @return this
     * @see WeightAverage
     */
    public TrainingStep averaging(double decay) {
        average = Optional.of(new WeightAverage(owner, model, decay));
        return this;
    }

    /** The average of the weights, where {@link #averaging} was asked for; it belongs to the step. */
    public Optional<WeightAverage> average() {
        return average;
    }

    /**
     * Counts on from steps that another one took: Adam's correction of its moments and the noise go by that number.
     *
     * <pre>{@code
     * TrainingStep step = new TrainingStep(model, estimator, settings).startingAt(taken);
     * step.state().forEach((name, array) -> saved.get(name).copyTo(array));
     * }</pre>
     *
     * @param before the steps taken so far, 0 or more
     * @return this
     */
    public TrainingStep startingAt(long before) {
        if (before < 0) {
            throw new IllegalArgumentException("training should start at step " + before
                    + "; expected the number of steps taken before, 0 or more");
        }
        taken = before;
        return this;
    }

    /** How many steps were taken, with those before {@link #startingAt}. */
    public long taken() {
        return taken;
    }

    /** Which steps changed nothing, as their loss or gradient was not finite. */
    public SkippedSteps skipped() {
        return main.adam().skipped();
    }

    /**
     * How many of the latest steps changed nothing, or left a part that learns by a loss of its own as it was; this
     * waits for the device.
     */
    public long skippedInARow() {
        return separate.stream()
                .mapToLong(part -> part.optimized().adam().skipped().inARow())
                .reduce(skipped().inARow(), Math::max);
    }

    /**
     * What training goes on from, besides the model: the moments of every trained parameter, by its first name with
     * {@code .exp_avg} and {@code .exp_avg_sq} behind it, and the parameters of an adaptive objective, by their names
     * with {@code objective.} before them. Write into the arrays to restore them, and say by {@link #startingAt} after
     * how many steps they were taken. An average of the weights is beside it: {@link WeightAverage#tensors()}.
     */
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new TreeMap<>();
        main.collect(state);
        separate.forEach(part -> part.optimized().collect(state));
        learned.ifPresent(own -> own.collect(state));
        return state;
    }

    /** Each parameter once, also where a part occurs at several places: a second update would be a second step. */
    private static List<ModelState.Named> trained(List<ModelState.Named> all) {
        Set<Parameter> known = Collections.newSetFromMap(new IdentityHashMap<>());
        List<ModelState.Named> trained = all.stream()
                .filter(named -> named.isTrained() && known.add(named.parameter()))
                .collect(Collectors.toCollection(ArrayList::new));
        // what is trained is the parameter's to say; the array of one that was loaded need not know it
        trained.forEach(named -> named.parameter().freeze(false));
        return trained;
    }

    /** One that changes would stay what it is, and no checkpoint would hold it. */
    private void requireKnown(Objective objective) {
        if (objective instanceof AdaptiveObjective adaptive
                && learned.filter(own -> own.part() == adaptive.part()).isEmpty()) {
            throw new IllegalArgumentException("the step does not know the part of the objective "
                    + objective.getClass().getSimpleName()
                    + " that changes in training; make it by new TrainingStep(model, estimator, settings, objective)");
        }
    }

    private static void requireAny(List<ModelState.Named> trained, List<SeparatelyTrained> parts) {
        Set<Parameter> apart = Collections.newSetFromMap(new IdentityHashMap<>());
        parts.forEach(part -> apart.addAll(part.getParameters().values()));
        if (trained.stream().allMatch(named -> apart.contains(named.parameter()))) {
            throw new IllegalArgumentException(
                    "all parameters that the model's loss would train are frozen; thaw a part"
                            + " by freezeParameters(false)");
        }
    }

    private void forget(Parameter parameter, NDArray rows) {
        main.adam().forget(parameter, rows);
        separate.forEach(part -> part.optimized().adam().forget(parameter, rows));
    }

    @Override
    public void close() {
        compiled.ifPresent(CompiledStep::close);
        owner.close();
    }
}
