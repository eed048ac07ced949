package io.vae4j.experiments.training;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a run between two steps: native code must not be running while the process ends, and what is being
 * written must be finished.
 */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean requested;

    /** Asks the run to stop, and waits until it has, for some seconds at most. */
    public void requestAndWait() throws InterruptedException {
        requested = true;
        if (!stopped.await(10, TimeUnit.SECONDS)) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called by the run between steps. @throws Stopped if somebody asked */
    void check() {
        if (requested) {
            throw new Stopped();
        }
    }

    /** Called when the run has ended, for whatever reason. */
    public void ended() {
        stopped.countDown();
    }

    /** Whether somebody asked the run to stop. */
    public boolean isRequested() {
        return requested;
    }

    /** The run was asked to stop. */
    public static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped between two steps");
        }
    }
}
