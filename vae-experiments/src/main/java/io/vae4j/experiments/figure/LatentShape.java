package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.training.Minibatch;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shape of a model's latents, which figures are laid out by. */
final class LatentShape {

    private LatentShape() {}

    /**
     * Of the layer next to the data, without samples and examples; found by asking the model for one example's code.
     */
    static Shape of(Subject run) {
        try (NDManager scratch = run.trained().newManager()) {
            Minibatch example = run.view().zeros(scratch);
            return run.trained()
                    .encode(example.x(), example.condition())
                    .getShape()
                    .slice(1);
        }
    }

    /** Why a figure of so many latent dimensions cannot be drawn; empty where it can. */
    static Optional<String> requireDimensions(Subject run, long dimensions) {
        Shape latent = of(run);
        boolean fits = latent.dimension() == 1 && latent.get(0) == dimensions;
        return fits
                ? Optional.empty()
                : Optional.of("this figure needs " + dimensions + " latent dimensions, and the model has "
                        + Arrays.stream(latent.getShape())
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(" x "))
                        + "; train one that has, such as vae-2d");
    }
}
