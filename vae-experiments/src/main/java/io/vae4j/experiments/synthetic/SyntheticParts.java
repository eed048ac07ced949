package io.vae4j.experiments.synthetic;

import io.vae4j.experiments.recipe.RecipeParts;

/** The kinds of densities in the plane. */
public final class SyntheticParts implements RecipeParts {

    @Override
    public void register(Registry kinds) {
        kinds.add(PlanarDensity.class, "pinwheel", PlanarDensity.Pinwheel.class);
        kinds.add(PlanarDensity.class, "two-moons", PlanarDensity.TwoMoons.class);
        kinds.add(PlanarDensity.class, "ring", PlanarDensity.Ring.class);
        kinds.add(PlanarDensity.class, "checkerboard", PlanarDensity.Checkerboard.class);
    }
}
