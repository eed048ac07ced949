package io.vae4j.core;

import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;

/**
 * Looks at each parameter of a block that is initialized, before the parameter is made: its shape is known by then, and
 * it may be more than any memory holds. What is thrown here ends the initialization, and leaves the block as it was.
 */
@FunctionalInterface
public interface ParameterCheck {

    /** @param parameter whose shape is known, and which has no array yet */
    void before(Parameter parameter, DataType type);

    /** Initializes something on this thread, under this check. */
    default void during(Runnable initialization) {
        Optional<ParameterCheck> around = Running.CHECK.get();
        Running.CHECK.set(Optional.of(this));
        try {
            initialization.run();
        } finally {
            Running.CHECK.set(around);
        }
    }

    /** The check of each thread: DJL's signature of {@code initialize} has no room for it. */
    final class Running {

        private static final ThreadLocal<Optional<ParameterCheck>> CHECK = ThreadLocal.withInitial(Optional::empty);

        private Running() {}

        static boolean isWanted() {
            return CHECK.get().isPresent();
        }

        static void before(Parameter parameter, DataType type) {
            if (!parameter.isInitialized() && parameter.getShape() != null) {
                CHECK.get().ifPresent(check -> check.before(parameter, type));
            }
        }

        /** Looks at the parameters that a block has of its own. */
        static void before(Block block, DataType type) {
            block.getDirectParameters().values().forEach(parameter -> before(parameter, type));
        }
    }
}
