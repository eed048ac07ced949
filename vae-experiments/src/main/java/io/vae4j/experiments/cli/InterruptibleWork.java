package io.vae4j.experiments.cli;

import io.vae4j.experiments.training.StopSignal;
import java.io.IOException;
import java.util.function.DoubleConsumer;

/** Work that Ctrl-C ends between two batches, so that a draft is deleted and no native code runs on. */
final class InterruptibleWork {

    private final StopSignal stop = new StopSignal();

    /** What is done until somebody interrupts it. */
    interface Work {

        void on(InterruptibleWork work) throws IOException, InterruptedException;
    }

    /**
     * Works.
     *
     * @throws StopSignal.Stopped if it was interrupted; nothing was written then
     */
    static void run(Console console, Work work) throws IOException, InterruptedException {
        InterruptibleWork begun = new InterruptibleWork();
        Runtime.getRuntime().addShutdownHook(new Thread(begun::interrupted, "on-signal"));
        try {
            work.on(begun);
        } catch (StopSignal.Stopped e) {
            console.tell("interrupted; nothing was written");
            throw e;
        } finally {
            begun.stop.ended();
        }
    }

    /** Called before native code runs. */
    void begin() {
        stop.begin();
    }

    /** Progress, which ends the work where somebody asked for it. */
    DoubleConsumer checking(DoubleConsumer then) {
        return done -> {
            stop.check();
            then.accept(done);
        };
    }

    /** Lets the batch end and the draft be deleted. */
    private void interrupted() {
        try {
            if (stop.request()) {
                SecondSignal.endsAtOnce();
                stop.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
