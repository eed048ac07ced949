package io.vae4j.core.compiled;

/** What is done is not what was recorded. */
final class Diverged extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int event;
    private final boolean onlyNumber;

    /**
     * @param event the first that differs
     * @param onlyNumber whether it differs in a number alone
     */
    Diverged(int event, boolean onlyNumber) {
        super("event " + event + " differs from what was recorded", null, false, false);
        this.event = event;
        this.onlyNumber = onlyNumber;
    }

    int event() {
        return event;
    }

    boolean isOnlyNumber() {
        return onlyNumber;
    }
}
