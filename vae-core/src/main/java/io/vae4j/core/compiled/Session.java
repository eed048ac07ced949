package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** One run of what is compiled: makes symbolic arrays of what it is given. */
public final class Session {

    private final Scribe scribe;
    private final List<Optimizer> optimizers;
    private final IdentityHashMap<NDArray, Value.Held> held;
    private final Draws draws;

    Session(Scribe scribe, List<Optimizer> optimizers, IdentityHashMap<NDArray, Value.Held> held, Draws draws) {
        this.scribe = scribe;
        this.optimizers = optimizers;
        this.held = held;
        this.draws = draws;
    }

    /** An array of the caller's. */
    public NDArray given(NDArray array) {
        return scribe.given(array);
    }

    /** Owns the symbolic arrays. */
    public NDManager batch() {
        return scribe.symbolic();
    }

    /** A condition of the caller's. */
    public Condition given(Condition condition) {
        return condition instanceof Condition.Given known ? Condition.given(given(known.values())) : condition;
    }

    /**
     * The parameters, of which those of an optimizer want gradients.
     *
     * @param optimizer its place, from 0
     */
    public ParameterStore parameters(int optimizer) {
        return new TracedParameters(scribe, held, Optional.of("p" + optimizer));
    }

    /** The parameters, as constants. */
    public ParameterStore constants() {
        return new TracedParameters(scribe, held, Optional.empty());
    }

    /** The noise of this run. */
    public Noise noise() {
        return draws.from(scribe);
    }

    /** Where gradients are asked for. */
    public GradientCollector tape() {
        return new Tape(scribe);
    }

    /** The gradients of an optimizer's parameters, in their order. */
    public List<NDArray> gradients(int optimizer) {
        return optimizers.get(optimizer).parameters().stream()
                .map(scribe::given)
                .map(this::gradient)
                .toList();
    }

    private NDArray gradient(TracedArray parameter) {
        if (!parameter.hasGradient()) {
            scribe.wantGradient(parameter);
        }
        return parameter.getGradient();
    }

    /**
     * An optimizer's step.
     *
     * @param optimizer its place, from 0
     * @param loss [B], which must be finite
     * @param index the steps taken before
     */
    public void update(int optimizer, NDArray loss, double learningRate, long index) {
        List<Value> operands = new ArrayList<>();
        operands.add(scribe.varying(DataType.FLOAT64, true, learningRate));
        operands.add(scribe.varying(DataType.FLOAT32, !scribe.device().isGpu(), index + 1.0));
        gradients(optimizer).forEach(gradient -> operands.add(scribe.valueOf(gradient)));
        operands.add(scribe.valueOf(loss));
        scribe.update(new Event.Updated(optimizers.get(optimizer).code(), optimizer), operands);
    }

    /**
     * Zeroes rows of the moments of a parameter, if an optimizer has any.
     *
     * @param parameter [N, ...]
     * @param rows which, [N], booleans
     */
    public void forget(NDArray parameter, NDArray rows) {
        Value.Held place = held.get(parameter);
        if (place == null || !place.list().startsWith("p")) {
            return;
        }
        Optimizer optimizer = optimizers.get(Integer.parseInt(place.list().substring(1)));
        forgetMoment(optimizer.first().get(place.place()), rows);
        forgetMoment(optimizer.second().get(place.place()), rows);
    }

    private void forgetMoment(NDArray moment, NDArray rows) {
        TracedArray known = scribe.given(moment);
        NDArray column = rows;
        while (column.getShape().dimension() < known.getShape().dimension()) {
            column = column.expandDims(-1);
        }
        scribe.overwrite(known, known.op("masked_fill", "$0, $1, 0.", column));
    }

    /** Wants an array when the run is over, which the batch owns then; others go to their owners by being attached. */
    public void keep(NDArray array) {
        ((TracedArray) array).keep();
    }

    /** What an array that was kept has become, after the run. */
    public static NDArray known(NDArray array) {
        return ((TracedArray) array).numbers();
    }
}
