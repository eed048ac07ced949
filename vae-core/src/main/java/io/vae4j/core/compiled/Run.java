package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import java.util.List;

/**
 * What is run, and who owns what it makes.
 *
 * @param key what programs are kept by, such as the shapes of what is given
 * @param batch owns what is made
 * @param like an array of the batch
 * @param noise of which the run takes part
 */
public record Run(Object key, NDManager batch, NDArray like, Noise noise) {

    /**
     * Of something that is computed of examples.
     *
     * @param name with all numbers that it depends on
     * @param x [B, ...X]
     */
    public static Run of(Object name, NDManager batch, NDArray x, Condition condition, Noise noise) {
        Object given =
                condition instanceof Condition.Given known ? known.values().getShape() : "none";
        return new Run(List.of(name, x.getShape(), x.getDataType(), given), batch, x, noise);
    }
}
