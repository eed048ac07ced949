package io.vae4j.core.compiled;

/** What is done is not what was recorded. */
final class Diverged extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param event the first that differs */
    Diverged(int event) {
        super("event " + event + " differs from what was recorded", null, false, false);
    }
}
