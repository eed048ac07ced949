package io.vae4j.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far two cores are from each other. Where they share a cache, what one has computed is close to the other; where
 * they do not, as on processors of several dies, steps of a few milliseconds take much longer. A virtual machine's
 * cores may move, so that its speed changes by itself.
 */
final class Cores {

    private static final long NANOS = 50_000_000;
    private static final int TRIPS = 100;

    private Cores() {}

    /** How long a number takes to another core and back, ns; of any two, where there are more. */
    static double roundTripNanos() {
        AtomicInteger ball = new AtomicInteger();
        Thread other = new Thread(() -> giveBack(ball), "other core");
        other.start();
        long trips = 0;
        long start = System.nanoTime();
        while (System.nanoTime() < start + NANOS) {
            for (int i = 0; i < TRIPS; i++) {
                thereAndBack(ball);
            }
            trips += TRIPS;
        }
        long elapsed = System.nanoTime() - start;
        ball.set(-1);
        return (double) elapsed / trips;
    }

    private static void thereAndBack(AtomicInteger ball) {
        int thrown = ball.get() + 1;
        ball.set(thrown);
        while (ball.get() == thrown) {
            // the other one spins as well: what is measured is the way, not waking up
        }
    }

    /** An odd number is for the other side, a negative one is the end. */
    private static void giveBack(AtomicInteger ball) {
        int seen = 0;
        while (seen >= 0) {
            seen = ball.get();
            if (seen > 0 && seen % 2 == 1) {
                ball.set(seen + 1);
            }
        }
    }
}
