package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Compares what is done with what programs were recorded of, and computes nothing. Programs may begin alike: where one
 * differs, the next one is taken that began in the same way. What is done is done once, so that who tosses a coin in
 * Java tosses it once a step.
 */
final class FollowingScribe extends Scribe {

    private final Iterator<Program> others;
    private final List<Event> done = new ArrayList<>();
    private Candidate candidate;

    /** @param programs one at least, in the order in which they are tried */
    FollowingScribe(NDManager batch, IdentityHashMap<NDArray, Value.Held> held, List<Program> programs) {
        super(batch, held);
        others = List.copyOf(programs).iterator();
        candidate = new Candidate(others.next());
    }

    @Override
    List<Value> note(Event.What what, List<Value> inputs) {
        Optional<List<Value>> results = candidate.results(what, inputs);
        while (results.isEmpty()) {
            candidate = another();
            results = candidate.results(what, inputs);
        }
        if (others.hasNext()) {
            done.add(new Event(what, inputs, results.get()));
        }
        return results.get();
    }

    private Candidate another() {
        while (others.hasNext()) {
            Candidate next = new Candidate(others.next());
            if (done.stream().allMatch(next::has)) {
                return next;
            }
        }
        throw new Diverged();
    }

    @Override
    Value noteArray(Event.What what, NDArray array) {
        return note(what, List.of()).get(0);
    }

    /** The candidate of which all was done that was recorded. */
    Candidate whole() {
        while (!candidate.isAtEnd()) {
            candidate = another();
        }
        return candidate;
    }
}
