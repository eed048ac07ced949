package io.vae4j.benchmarks;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import java.util.Locale;

/** The workloads of the training step. They are recipes, so that what is measured is what users run. */
public enum Workload {
    /** W1: 784-400-20-400-784, ReLU, batch 128. */
    VAE("vae"),
    /** W2: 784-200-200-50, tanh, 50 draws, batch 20. */
    IWAE("iwae-50"),
    /** W3: two convolutions of stride 2, a residual block and a dense layer, both ways; batch 128. */
    CONVOLUTIONAL_VAE("vae-conv"),
    /**
     * W4: 7 x 7 codes out of 128 by moving averages, batch 128. Codes are used uniformly and none is restarted: the
     * peers' work then is the same in each step, and easy to write down.
     */
    VQ_VAE(
            "vq-vae",
            "model.prior={kind: uniform}",
            "model.codebook.start=uniform",
            "model.codebook.restartAfter=0"),
    /** W5: 784-200-200-[100]-100-100-[50], tanh, 50 draws, batch 20. */
    TWO_LAYER_IWAE("iwae-2layer", "objective.samples=50");

    private final String recipe;
    private final List<String> overrides;

    Workload(String recipe, String... overrides) {
        this.recipe = recipe;
        this.overrides = List.of(overrides);
    }

    /** What the workload trains. */
    public Recipe recipe() {
        return Recipes.find(recipe, overrides);
    }

    /** The name in files and tables, such as {@code w2-iwae}. */
    public String title() {
        return "w" + (ordinal() + 1) + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
