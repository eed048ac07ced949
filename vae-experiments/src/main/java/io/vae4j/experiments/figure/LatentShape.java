package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.experiments.training.DataView;
import java.util.Arrays;
import java.util.Optional;

/** The shape of a model's latents, which figures are laid out by. */
final class LatentShape {

    private LatentShape() {}

    /**
     * Of the layer next to the data, without samples and examples; found by asking the model for one example's code.
     */
    static Shape of(Subject run) {
        DataView view = run.view();
        try (NDManager scratch = run.trained().newManager()) {
            Shape[] shapes = view.inputShapes();
            NDArray x = scratch.zeros(shapes[0], DataType.FLOAT32);
            Condition condition =
                    shapes.length == 1 ? Condition.none() : Condition.given(scratch.zeros(shapes[1], DataType.FLOAT32));
            return run.trained().encode(x, condition).getShape().slice(1);
        }
    }

    /** Why a figure of so many latent dimensions cannot be drawn; empty where it can. */
    static Optional<String> requireDimensions(Subject run, long dimensions) {
        Shape latent = of(run);
        boolean fits = latent.dimension() == 1 && latent.get(0) == dimensions;
        return fits
                ? Optional.empty()
                : Optional.of("this figure needs " + dimensions + " latent dimensions, and the model has "
                        + Arrays.toString(latent.getShape()) + "; train one that has, such as vae-2d");
    }
}
