package io.vae4j.core.compiled;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why something could not be a program, said once for each reason. */
public final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final String what;
    private final Set<String> told = new HashSet<>();
    private Optional<String> latest = Optional.empty();

    /** @param what in a sentence, such as {@code a step of training is taken} */
    public Refusals(String what) {
        this.what = what;
    }

    /** Says a reason that has not been said. */
    public void tell(String reason) {
        latest = Optional.of(reason);
        if (told.add(reason)) {
            LOG.warn("{} part by part and not as one program, which is as right and slower: {}", what, reason);
        }
    }

    /** The latest one, if there was any. */
    public Optional<String> latest() {
        return latest;
    }
}
