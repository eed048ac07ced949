package io.vae4j.core.compiled;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns what is done with arrays into programs, and runs them. The first time it takes down what is done; from then on
 * it compares, and what is the same as before runs as one call. What differs in numbers alone is compiled once more,
 * with these as inputs; what differs otherwise becomes another program.
 */
public final class Compiler implements AutoCloseable {

    /** So many programs are kept for arrays of the same shapes. */
    private static final int MOST = 8;
    /** For so many shapes programs are kept, those that were used last. */
    private static final int MOST_SHAPES = 16;

    /** So many are made altogether: where shapes are new each time, none is worth its making. */
    private static final int MOST_ALTOGETHER = 128;

    private final NDManager owner;
    private final List<Optimizer> optimizers;
    private final Map<String, List<NDArray>> lists = new HashMap<>();
    private final IdentityHashMap<NDArray, Value.Held> held = new IdentityHashMap<>();
    private int made;
    private final Map<Object, Known> known = new LinkedHashMap<>(MOST_SHAPES, 0.75f, true);

    /** What there is for arrays of the same shapes. */
    private record Known(List<Program> programs, Attempts attempts) {}

    /**
     * @param parent owns the programs
     * @param optimizers that the programs take steps of
     * @param others arrays that stay the same ones, and are handed over once; one that is an optimizer's, or is listed
     *     twice, does no harm
     */
    public Compiler(NDManager parent, List<Optimizer> optimizers, List<NDArray> others) {
        owner = parent.newSubManager();
        this.optimizers = optimizers;
        for (int i = 0; i < optimizers.size(); i++) {
            Optimizer optimizer = optimizers.get(i);
            hold("p" + i, optimizer.parameters());
            hold("m" + i, optimizer.first());
            hold("v" + i, optimizer.second());
            hold("guard" + i, optimizer.guard());
        }
        hold("others", others.stream().filter(array -> !held.containsKey(array)).toList());
    }

    private void hold(String name, List<NDArray> arrays) {
        if (!arrays.isEmpty()) {
            lists.put(name, arrays);
        }
        for (int i = 0; i < arrays.size(); i++) {
            held.put(arrays.get(i), new Value.Held(name, i));
        }
    }

    /**
     * Runs what is done with a session's arrays.
     *
     * @param body may be called several times, and does nothing but with the session's arrays
     */
    public <R> Outcome<R> run(Run run, Function<Session, R> body) {
        Draws draws = new Draws(run);
        if (made >= MOST_ALTOGETHER && !known.containsKey(run.key())) {
            String reason = "shapes differ from one time to the next: " + MOST_ALTOGETHER + " programs were made";
            return new Outcome.Refused<>(reason, run.noise());
        }
        Known same = known(run.key());
        Optional<String> enough = same.attempts().enough();
        if (enough.isPresent()) {
            return new Outcome.Refused<>(enough.get(), run.noise());
        }
        boolean gradients = JniUtils.isGradMode();
        // parts may ask for what is not to be differentiated
        JniUtils.setGradMode(true);
        try {
            R result = followed(same, run, draws, body).orElseGet(() -> recorded(same, run, draws, body));
            same.attempts().succeeded();
            return new Outcome.Done<>(result);
        } catch (Untraceable e) {
            same.attempts().failed(String.valueOf(e.getMessage()));
            if (same.attempts().enough().isPresent()) {
                same.programs().forEach(Program::close);
                same.programs().clear();
            }
            return new Outcome.Refused<>(String.valueOf(e.getMessage()), draws.again());
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }

    private Known known(Object key) {
        Known same = known.computeIfAbsent(key, any -> new Known(new ArrayList<>(), new Attempts()));
        if (known.size() > MOST_SHAPES) {
            Object oldest = known.keySet().iterator().next();
            Optional.ofNullable(known.remove(oldest))
                    .ifPresent(old -> old.programs().forEach(Program::close));
        }
        return same;
    }

    private <R> Optional<R> followed(Known same, Run run, Draws draws, Function<Session, R> body) {
        if (same.programs().isEmpty()) {
            return Optional.empty();
        }
        FollowingScribe scribe = new FollowingScribe(run.batch(), held, same.programs());
        R result;
        Candidate found;
        try {
            result = body.apply(new Session(scribe, optimizers, held, draws));
            found = scribe.whole();
        } catch (RuntimeException e) {
            return Optional.empty(); // it has diverged, or will be refused
        }
        // those that are used stay
        same.programs().remove(found.program());
        same.programs().add(0, found.program());
        found.program().run(found.numbers(), scribe.arguments(), scribe.kept());
        return Optional.of(result);
    }

    private <R> R recorded(Known same, Run run, Draws draws, Function<Session, R> body) {
        same.attempts().more();
        List<Program> programs = same.programs();
        Optional<Program> before = programs.stream().findFirst();
        RecordingScribe scribe;
        R result;
        // what was computed for the shapes is freed before the program computes it once more
        try (NDManager scratch = owner.newSubManager()) {
            scribe = new RecordingScribe(run.batch(), held, scratch, before.map(Program::trace));
            result = applied(body, new Session(scribe, optimizers, held, draws));
        }
        programs.add(0, started(scribe));
        made++;
        if (programs.size() > MOST) {
            programs.remove(MOST).close();
        }
        return result;
    }

    /** What was recorded as a program, which has run once. */
    private Program started(RecordingScribe scribe) {
        Trace trace = scribe.trace();
        Program program;
        try {
            program = new Program(owner, trace, lists);
        } catch (IllegalArgumentException e) {
            throw Untraceable.of(e);
        }
        double[] numbers =
                scribe.numbers().stream().mapToDouble(Double::doubleValue).toArray();
        try {
            program.run(numbers, scribe.arguments(), scribe.kept());
        } catch (EngineException e) {
            program.close();
            if (trace.changesBeforeItsEnd()) {
                throw e; // who knows how far it came
            }
            throw Untraceable.asWhole("torch does not run the program: " + Untraceable.told(e));
        }
        return program;
    }

    /** Whatever fails on symbolic arrays is tried on others: what is wrong will be wrong there, too. */
    private static <R> R applied(Function<Session, R> body, Session session) {
        try {
            return body.apply(session);
        } catch (RuntimeException e) {
            throw Untraceable.of(e);
        }
    }

    /** The programs so far, as TorchScript. */
    public List<String> sources() {
        return known.values().stream()
                .flatMap(same -> same.programs().stream())
                .map(Program::source)
                .toList();
    }

    @Override
    public void close() {
        known.values().forEach(same -> same.programs().forEach(Program::close));
        owner.close();
    }
}
