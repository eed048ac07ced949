package io.vae4j.experiments;

import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Finds what this project and plugins provide, all by the same door: Java's {@link ServiceLoader}. */
public final class Services {

    private Services() {}

    /**
     * Every provider of a service, ours first. Those of a plugin are found by the class loader of the current thread.
     *
     * @throws InvalidInput if one of them cannot be loaded
     */
    public static <S> List<S> all(Class<S> service) {
        ClassLoader loader = Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(Services.class::getClassLoader);
        try {
            return ServiceLoader.load(service, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError | SecurityException e) {
            throw new InvalidInput(
                    "a plugin cannot be loaded: " + reason(e), service.getSimpleName(), "mend it, or leave it away");
        } catch (RuntimeException e) { // what a provider throws comes as one of those above
            throw new InvalidInput(
                    "a plugin cannot be loaded: its manifest has a Class-Path that is none",
                    service.getSimpleName(),
                    "mend it, or leave it away");
        }
    }

    /**
     * What a provider answers.
     *
     * @throws InvalidInput if it fails in any way
     */
    public static <S, T> T ask(S provider, Function<S, T> question) {
        try {
            return question.apply(provider);
        } catch (InvalidInput e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new InvalidInput(
                    "a plugin fails while it is asked what it brings: " + e,
                    provider.getClass().getName(),
                    "mend it, or leave it away");
        }
    }

    /** What went wrong at the bottom of it. */
    private static String reason(Throwable fault) {
        Throwable deepest = fault;
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        return deepest == fault ? String.valueOf(fault.getMessage()) : fault.getMessage() + ": " + deepest;
    }
}
