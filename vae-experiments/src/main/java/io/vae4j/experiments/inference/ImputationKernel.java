package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.LatentModel;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a Markov chain over latents and missing values takes its step in z; found by Java's ServiceLoader, also in
 * plugins.
 */
public interface ImputationKernel {

    /** By which users ask for it, such as {@code pseudo-gibbs}. */
    String name();

    /**
     * The kernel of a name.
     *
     * @throws InvalidInput if there is none
     */
    static ImputationKernel named(String name) {
        List<ImputationKernel> known = Services.all(ImputationKernel.class);
        return known.stream()
                .filter(kernel -> kernel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "there is no chain " + name,
                        "impute",
                        "give one of "
                                + known.stream().map(ImputationKernel::name).collect(Collectors.joining(", "))));
    }

    /** Why it is not defined for a model, with the remedy; empty where it is. */
    default Optional<String> incompatibility(LatentModel model) {
        return Optional.empty();
    }

    /**
     * Begins a chain for each example.
     *
     * @param keeper owns what the chains remember
     */
    Chains begin(LatentModel model, NDManager keeper);

    /** Chains side by side. */
    interface Chains {

        /**
         * Goes on to the next z.
         *
         * @param pass of this step alone
         * @param x observed values, with the missing ones as they are at present, [B, ...X]
         * @return p(x|z,c) there, for one sample and B examples; it belongs to the pass
         */
        Distribution step(Pass pass, NDArray x, Condition condition);

        /** The share of each chain's proposals that were accepted so far, [B]; empty where nothing is proposed. */
        default Optional<NDArray> acceptance() {
            return Optional.empty();
        }
    }
}
