package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.Pass;
import java.util.List;

/**
 * A part of a model that learns by a loss of its own, with an optimizer of its own, after each update of the rest: a
 * discriminator, say. The model's own loss sees its parameters as constants; gradients pass through it to what it looks
 * at. {@link TrainingStep} finds it wherever it stands in the model, or in what an objective owns.
 */
public interface SeparatelyTrained extends Block {

    /**
     * What it minimizes, given what the step has just seen; hold that constant by {@code stopGradient}.
     *
     * @param pass hands out this part's parameters
     * @param step the step whose update is done
     * @return [B], in any unit
     */
    NDArray loss(Pass pass, CompletedStep step);

    /** The constants of its optimizer. */
    FusedAdam.Settings optimizer();

    /** The learning rate of its step, given the steps taken before. */
    double learningRate(long index);

    /** The block itself, if it is trained separately, or else the nearest parts of it that are, each once. */
    static List<SeparatelyTrained> in(Block whole) {
        if (whole instanceof SeparatelyTrained part) {
            return List.of(part);
        }
        return whole.getChildren().values().stream()
                .flatMap(child -> in(child).stream())
                .distinct()
                .toList();
    }
}
