package io.vae4j.experiments.sweep;

import io.vae4j.experiments.sweep.Event.RunName;
import io.vae4j.experiments.sweep.RunBackend.Order;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The runs that are under way, one in each place of a backend. It belongs to one thread, which begins and awaits. */
final class RunPool {

    private final RunBackend backend;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Map<RunName, Underway> running = new LinkedHashMap<>();
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

    /** What is asked of a backend. */
    interface Work {
        Outcome on(RunBackend backend, Order order, int slot) throws InterruptedException;
    }

    /** A run that is under way. */
    record Underway(RunName run, Order order, int slot, long since) {

        double seconds() {
            return (System.nanoTime() - since) / 1e9;
        }
    }

    /** A run that has come back. */
    record Ended(Underway run, Outcome outcome) {}

    /** With what it has come back. */
    sealed interface Outcome {

        /** It was trained. */
        record Trained(RunBackend.End end) implements Outcome {}

        /** It was evaluated, or not for a reason. */
        record Evaluated(Optional<String> fault) implements Outcome {}

        /** The backend itself has failed. */
        record Broken(RuntimeException fault) implements Outcome {}
    }

    RunPool(RunBackend backend) {
        this.backend = backend;
        IntStream.range(0, backend.slots().size()).forEach(free::add);
    }

    boolean hasRoom() {
        return !free.isEmpty();
    }

    boolean isRunning(RunName run) {
        return running.containsKey(run);
    }

    Collection<Underway> running() {
        return running.values();
    }

    /** Where the next one will run, for people. */
    String nextPlace() {
        return place(free.element());
    }

    String place(int slot) {
        return backend.slots().get(slot);
    }

    /** Takes a place, of which there must be one. */
    void begin(RunName run, Order order, Work work) {
        Underway begun = new Underway(run, order, free.remove(), System.nanoTime());
        running.put(run, begun);
        Thread thread = new Thread(() -> ended.add(new Ended(begun, outcome(work, begun))), order.name());
        // plugins are found by it
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
    }

    private Outcome outcome(Work work, Underway begun) {
        try {
            return work.on(backend, begun.order(), begun.slot());
        } catch (RuntimeException e) {
            return new Outcome.Broken(e);
        } catch (InterruptedException e) {
            return new Outcome.Trained(new RunBackend.End.Stopped());
        }
    }

    /** The next one that comes back, if one does in that time. */
    Optional<Ended> await(long millis) throws InterruptedException {
        Optional<Ended> next = Optional.ofNullable(ended.poll(millis, TimeUnit.MILLISECONDS));
        next.ifPresent(this::release);
        return next;
    }

    /** Has all pause. */
    void stop() {
        backend.stop();
    }

    /** Nobody is left behind. */
    void awaitAll() throws InterruptedException {
        while (!running.isEmpty()) {
            release(ended.take());
        }
    }

    private void release(Ended back) {
        running.remove(back.run().run());
        free.add(back.run().slot());
    }
}
