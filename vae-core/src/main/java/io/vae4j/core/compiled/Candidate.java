package io.vae4j.core.compiled;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** A program that may be the one for what is being done: so far, all that was done is what was recorded of it. */
final class Candidate {

    private final Program program;
    private final Trace trace;
    private final double[] numbers;
    /** Values of the candidate that came before, which parts hold, and what they are here. */
    private final IdentityHashMap<Value, Value> own = new IdentityHashMap<>();

    private int next;

    Candidate(Program program) {
        this.program = program;
        trace = program.trace();
        numbers = new double[trace.varying().size()];
    }

    /** What comes of something that is done; empty if something else was recorded. */
    Optional<List<Value>> results(Event.What what, List<Value> inputs) {
        if (isAtEnd()) {
            return Optional.empty();
        }
        Event event = trace.events().get(next);
        boolean alike = event.what().equals(what) || isOtherNumber(event.what(), what);
        if (!alike || !event.inputs().equals(translated(inputs))) {
            return Optional.empty();
        }
        if (what instanceof Event.Said said && trace.varying().containsKey(next)) {
            numbers[trace.varying().get(next)] = said.number();
        }
        next++;
        return Optional.of(event.results());
    }

    /** Whether it can be the one for something that was done while another was. */
    boolean has(Event done) {
        Optional<List<Value>> results = results(done.what(), done.inputs());
        for (int i = 0; results.isPresent() && i < done.results().size(); i++) {
            own.put(done.results().get(i), results.get().get(i));
        }
        return results.isPresent();
    }

    private List<Value> translated(List<Value> inputs) {
        return own.isEmpty()
                ? inputs
                : inputs.stream().map(input -> own.getOrDefault(input, input)).toList();
    }

    private boolean isOtherNumber(Event.What known, Event.What now) {
        return trace.varying().containsKey(next) && resembles(known, now);
    }

    private static boolean resembles(Event.What known, Event.What now) {
        return known instanceof Event.Said one && now instanceof Event.Said other && one.resembles(other);
    }

    /** Whether all was done that was recorded. */
    boolean isAtEnd() {
        return next == trace.events().size();
    }

    Program program() {
        return program;
    }

    /** Those that vary, as they are this time. */
    double[] numbers() {
        return numbers;
    }
}
