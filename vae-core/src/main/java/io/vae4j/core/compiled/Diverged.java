package io.vae4j.core.compiled;

/** What is done is not what was recorded. */
final class Diverged extends RuntimeException {

    private static final long serialVersionUID = 1;

    Diverged() {
        super("nothing that was recorded is what is done", null, false, false);
    }
}
