package io.vae4j.experiments.recipe;

/**
 * Brings kinds of parts into recipes: models, networks, posteriors, priors, likelihoods, objectives, estimators,
 * schedules. Found by Java's ServiceLoader, in this project and in plugins.
 *
 * <pre>{@code
 * public final class MyParts implements RecipeParts {
 *     public void register(Registry kinds) {
 *         kinds.add(PriorSpec.class, "my-prior", MyPrior.class);
 *     }
 * }
 * }</pre>
 */
public interface RecipeParts {

    /** Adds the kinds. */
    void register(Registry kinds);

    /** Where kinds are added. */
    interface Registry {

        /**
         * Adds a kind.
         *
         * @param part the place in a recipe that it can take, such as {@link PriorSpec}
         * @param kind its name there, such as {@code my-prior}
         * @param type a record whose components are its keys; with {@link io.vae4j.experiments.Default} on those that
         *     may be left out, and with an {@link io.vae4j.experiments.Example}
         */
        <P> void add(Class<P> part, String kind, Class<? extends P> type);
    }
}
