package io.vae4j.experiments.cli;

import java.io.IOException;

/**
 * Who has started this process, where it is one of several, and holds the other end of its standard input. When that
 * one ends, however it does, this process ends as on SIGTERM: nobody would wait for it.
 */
final class Supervisor {

    /** The property that says that there is one. */
    static final String PROPERTY = "vae4j.supervised";

    private static final int TERMINATED = 143;

    private Supervisor() {}

    /** Watches the one of this process, if there is one. */
    static void ofThisProcess() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread watch = new Thread(Supervisor::awaitItsEnd, "supervisor");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private static void awaitItsEnd() {
        try {
            while (System.in.read() >= 0) {
                // what it says is of no interest, that it is there is
            }
        } catch (IOException e) {
            // nobody is there any more
        }
        System.exit(TERMINATED);
    }
}
