package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.IdentityHashMap;
import java.util.List;

/** Compares what is done with what was recorded, and computes nothing. */
final class FollowingScribe extends Scribe {

    private final Trace trace;
    private final double[] numbers;
    private int next;

    FollowingScribe(NDManager batch, IdentityHashMap<NDArray, Value.Held> held, Trace trace) {
        super(batch, held);
        this.trace = trace;
        numbers = new double[trace.varying().size()];
    }

    @Override
    List<Value> note(Event.What what, List<Value> inputs) {
        Event event = expected();
        if (!event.what().equals(what) && !isOtherNumber(event.what(), what)) {
            throw new Diverged(next);
        }
        if (!event.inputs().equals(inputs)) {
            throw new Diverged(next);
        }
        if (what instanceof Event.Said said && trace.varying().containsKey(next)) {
            numbers[trace.varying().get(next)] = said.number();
        }
        next++;
        return event.results();
    }

    private Event expected() {
        if (next >= trace.events().size()) {
            throw new Diverged(next);
        }
        return trace.events().get(next);
    }

    private boolean isOtherNumber(Event.What known, Event.What now) {
        return trace.varying().containsKey(next) && resembles(known, now);
    }

    private static boolean resembles(Event.What known, Event.What now) {
        return known instanceof Event.Said one && now instanceof Event.Said other && one.resembles(other);
    }

    @Override
    Value noteArray(Event.What what, NDArray array) {
        Event event = expected();
        if (!event.what().equals(what)) {
            throw new Diverged(next);
        }
        next++;
        return event.results().get(0);
    }

    /** Fails if less was done than what was recorded. */
    void requireEnd() {
        if (next != trace.events().size()) {
            throw new Diverged(next);
        }
    }

    /** Those that vary, as they are this time. */
    double[] numbers() {
        return numbers;
    }
}
