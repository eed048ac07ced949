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

    /**
     * Asks the run to stop, and waits until it has, for some seconds at most.
     *
     * @return whether there was a run to stop; false when it had ended by itself
     */
    public boolean requestAndWait() throws InterruptedException {
        if (stopped.getCount() == 0) {
            return false;
        }
        requested = true;
        return stopped.await(10, TimeUnit.SECONDS);
    }

    /**
     * Called by the run between steps.
     *
     * @throws Stopped if somebody asked
     */
    void check() {
        if (requested) {
            throw new Stopped();
        }
    }

    /** Called when the run has ended, for whatever reason. */
    public void ended() {
        stopped.countDown();
    }

    /** The run was asked to stop. */
    public static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped between two steps");
        }
    }
}
