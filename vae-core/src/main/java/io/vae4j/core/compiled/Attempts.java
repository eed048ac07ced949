package io.vae4j.core.compiled;

import java.util.Optional;

/** How often a program was tried for arrays of the same shapes: after some of them no more is. */
final class Attempts {

    /** So many programs are made: what differs each time costs more than a program saves. */
    private static final int MOST_MADE = 32;
    /** So many attempts in a row may come to nothing. */
    private static final int MOST_REFUSED = 3;

    private int made;
    private int refusedInARow;
    private Optional<String> enough = Optional.empty();

    /** One more program is made. */
    void more() {
        made++;
        if (made > MOST_MADE) {
            String reason = "what is done differs from step to step: " + MOST_MADE + " programs were made";
            enough = Optional.of(reason);
            throw Untraceable.asWhole(reason);
        }
    }

    /** A program ran. */
    void succeeded() {
        refusedInARow = 0;
    }

    /** None could be made. */
    void failed(String reason) {
        refusedInARow++;
        if (refusedInARow >= MOST_REFUSED) {
            enough = Optional.of(reason);
        }
    }

    /** Why no more are made, if so. */
    Optional<String> enough() {
        return enough;
    }
}
