package io.vae4j.experiments.training;

import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C end a run between two steps: native code must not be running while the process ends, and what is being
 * written must be finished.
 */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean requested;
    private boolean begun;

    /**
     * Asks the run to stop.
     *
     * @return whether there is a run to stop and to wait for; false when it has not begun or has ended by itself
     */
    public synchronized boolean request() {
        requested = true;
        return begun && stopped.getCount() > 0;
    }

    /**
     * Called when native code begins to run, by the run itself at the latest: from now on whoever asks must wait.
     *
     * @throws Stopped if somebody asked before
     */
    public synchronized void begin() {
        check();
        begun = true;
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
    public void check() {
        if (requested) {
            throw new Stopped();
        }
    }

    /** Whether somebody asked. */
    public boolean isRequested() {
        return requested;
    }

    /** Whether the run has ended, for whatever reason. */
    public boolean hasEnded() {
        return stopped.getCount() == 0;
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
