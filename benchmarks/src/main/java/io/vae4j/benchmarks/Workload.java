package io.vae4j.benchmarks;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;

/** The workloads of the training step. They are recipes, so that what is measured is what users run. */
public enum Workload {
    /** W0: W1 with 16 hidden units and one example, so that the host's work is all there is. */
    HOST("w0-host", "vae; model.network.hidden=[16]; train.batch=1"),
    /** W1: 784-400-20-400-784, ReLU, batch 128. */
    VAE("w1-vae", "vae"),
    /** W2: 784-200-200-50, tanh, 50 samples, batch 20. */
    IWAE("w2-iwae", "iwae-50"),
    /** W3: two convolutions of stride 2, a residual block and a dense layer, both ways; batch 128. */
    CONVOLUTIONAL_VAE("w3-convolutional-vae", "vae-conv"),
    /**
     * W4: 7 x 7 codes out of 128 by moving averages, batch 128. Codes are used uniformly and none is restarted: the
     * peers' work then is the same in each step, and easy to write down.
     */
    VQ_VAE(
            "w4-vq-vae",
            "vq-vae; model.prior={kind: uniform}; model.codebook.start=uniform; model.codebook.restartAfter=0"),
    /** W5: 784-200-200-[100]-100-100-[50], tanh, 50 samples, batch 20. */
    TWO_LAYER_IWAE("w5-two-layer-iwae", "iwae-2layer; objective.samples=50");

    private final String title;
    private final String recipe;

    /** @param recipe its name, and overrides after semicolons */
    Workload(String title, String recipe) {
        this.title = title;
        this.recipe = recipe;
    }

    /** What the workload trains. */
    public Recipe recipe() {
        List<String> words = List.of(recipe.split("; ", -1));
        return Recipes.find(words.get(0), words.subList(1, words.size()));
    }

    /** The name in files and tables, such as {@code w2-iwae}. */
    public String title() {
        return title;
    }
}
