package io.vae4j.experiments;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What another thread computes, as if it had been computed on this one. */
public final class Awaited {

    private Awaited() {}

    /**
     * Waits for it.
     *
     * @return what it came to; what it threw is thrown here
     */
    public static <T> T result(Future<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            if (e.getCause() instanceof Error fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
