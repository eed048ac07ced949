package io.vae4j.experiments.training;

import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C end a run between two steps: native code must not be running while the process ends, and what is being
 * written must be finished.
 */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean requested;

    /**
     * Asks the run to stop.
     *
     * @return whether there was a run to stop; false when it had ended by itself
     */
    public boolean request() {
        requested = true;
        return stopped.getCount() > 0;
    }

    /** Waits however long the step takes: a process that ends under running native code crashes. */
    public void awaitEnd() throws InterruptedException {
        stopped.await();
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
