package org.example.parts;

import io.vae4j.experiments.recipe.LikelihoodSpec;
import io.vae4j.experiments.recipe.NetworkSpec;
import io.vae4j.experiments.recipe.ObjectiveSpec;
import io.vae4j.experiments.recipe.PriorSpec;
import io.vae4j.experiments.recipe.RecipeParts;

/** Makes the parts known to recipes; META-INF/services names this class. */
public final class OwnParts implements RecipeParts {

    @Override
    public void register(Registry kinds) {
        kinds.add(NetworkSpec.class, "residual", ResidualSpec.class);
        kinds.add(LikelihoodSpec.class, "own-continuous-bernoulli", ContinuousBernoulliSpec.class);
        kinds.add(PriorSpec.class, "laplace", LaplacePriorSpec.class);
        kinds.add(ObjectiveSpec.class, "renyi", RenyiSpec.class);
    }
}
