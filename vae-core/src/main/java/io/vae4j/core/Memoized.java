package io.vae4j.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value computed at most once, when it is first asked for: an objective that takes the closed KL does not pay for log
 * densities that it never reads. Confined to the thread of its forward pass.
 */
public final class Memoized<T> implements Supplier<T> {

    private @Nullable Supplier<? extends T> compute;
    private @Nullable T value;

    private Memoized(Supplier<? extends T> compute) {
        this.compute = compute;
    }

    /** Defers the computation until the first {@link #get()}. */
    public static <T> Memoized<T> of(Supplier<? extends T> compute) {
        return new Memoized<>(compute);
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            Supplier<? extends T> todo = compute;
            if (todo == null) {
                throw new IllegalStateException("a lazy value asked for itself while it was being computed");
            }
            compute = null;
            known = todo.get();
            value = known;
        }
        return known;
    }
}
