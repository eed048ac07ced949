package io.vae4j.experiments.sweep;

import io.vae4j.experiments.recipe.RecipeParts;

/** The kinds of searches and of dimensions. */
public final class SweepParts implements RecipeParts {

    @Override
    public void register(Registry kinds) {
        kinds.add(Dimension.class, "list", Dimensions.Listed.class);
        kinds.add(Dimension.class, "grid", Dimensions.Grid.class);
        kinds.add(Dimension.class, "uniform", Dimensions.Uniform.class);
        kinds.add(Dimension.class, "log-uniform", Dimensions.LogUniform.class);
        kinds.add(Dimension.class, "integer", Dimensions.Whole.class);
        kinds.add(SearchSpec.class, "grid", Searches.Grid.class);
        kinds.add(SearchSpec.class, "random", Searches.Randomly.class);
        kinds.add(SearchSpec.class, "asha", SuccessiveHalving.class);
    }
}
