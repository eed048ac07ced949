package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes down a program that is new. */
final class RecordingScribe extends Scribe {

    private final Recording recording;
    private final Optional<Trace> before;
    private final List<Event> events = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();
    private final Map<Integer, Integer> places = new LinkedHashMap<>();
    private final List<Double> numbers = new ArrayList<>();
    private int argumentsMet;

    /**
     * @param scratch owns what is computed on the way
     * @param before what was recorded before and is not the same any more: numbers that differ from its vary
     */
    RecordingScribe(
            NDManager batch, IdentityHashMap<NDArray, Value.Held> held, NDManager scratch, Optional<Trace> before) {
        super(batch, held);
        recording = new Recording(scratch);
        this.before = before;
    }

    @Override
    List<Value> note(Event.What what, List<Value> inputs) {
        List<Value> results = results(what, inputs);
        events.add(new Event(what, inputs, results));
        return results;
    }

    private List<Value> results(Event.What what, List<Value> inputs) {
        if (what instanceof Event.Operated operated) {
            return List.of(made(operated.differentiated(), () -> recording.apply(operated.operation(), inputs)));
        }
        if (what instanceof Event.Applied applied) {
            return List.of(made(applied.differentiated(), () -> recording.apply(applied.function(), inputs)));
        }
        if (what instanceof Event.Said said) {
            return List.of(said(said));
        }
        if (what instanceof Event.Wanted) {
            return List.of(wanted(inputs.get(0)));
        }
        if (what instanceof Event.WentBack) {
            return wentBack(inputs);
        } else if (what instanceof Event.Written) {
            recording.add(new Overwrite(inputs.get(0), inputs.get(1)));
        } else if (what instanceof Event.Kept) {
            outputs.add(inputs.get(0));
        } else if (what instanceof Event.Updated updated) {
            int last = inputs.size() - 1;
            recording.add(new Update(
                    updated.code(), updated.number(), inputs.subList(0, 2), inputs.subList(2, last), inputs.get(last)));
        }
        return List.of();
    }

    private Value made(boolean differentiated, Supplier<Value> operation) {
        return differentiated ? operation.get() : recording.constant(operation);
    }

    private Value said(Event.Said said) {
        boolean varies = said.varies()
                || before.map(trace -> trace.differs(events.size(), said)).orElse(false);
        Value.Word word = varies ? varying(said.number()) : new Value.Said();
        return recording.number(
                new Value.Literal(said.number(), said.onHost(), word), said.shape(), said.type(), device());
    }

    private Value.Word varying(double number) {
        int place = numbers.size();
        numbers.add(number);
        places.put(events.size(), place);
        return new Value.Varying(place);
    }

    private Value wanted(Value value) {
        value.wantGradient();
        Value zeros = recording.zeros(value);
        recording.gradients().put(value, zeros);
        return zeros;
    }

    private List<Value> wentBack(List<Value> inputs) {
        Value from = inputs.get(0);
        if (from.isDifferentiable()) {
            Value gradient = inputs.size() > 1 ? inputs.get(1) : recording.derived(1, from);
            new Differentiation(recording).from(from, gradient);
        }
        return List.copyOf(recording.gradients().values());
    }

    @Override
    void changedGradient(Value wanted, Value gradient) {
        super.changedGradient(wanted, gradient);
        recording.gradients().put(wanted, gradient);
    }

    @Override
    Value noteArray(Event.What what, NDArray array) {
        Value.Source source = what instanceof Event.MetHeld held ? held.place() : new Value.Argument(argumentsMet++);
        Value value = recording.given(source, array, false);
        events.add(new Event(what, List.of(), List.of(value)));
        return value;
    }

    /** What was recorded. */
    Trace trace() {
        return new Trace(
                List.copyOf(events), List.copyOf(recording.statements()), List.copyOf(outputs), Map.copyOf(places));
    }

    /** Those that vary, as they were this time. */
    List<Double> numbers() {
        return numbers;
    }
}
