package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.List;

/**
 * What moves parameters.
 *
 * @param code of the update: its parameters are the learning rate, the number of the step, the lists of parameters, of
 *     first and of second moments, the gradients, and the guard's arrays with the loss behind them
 * @param parameters that are moved
 * @param first moments, one for each
 * @param second moments, one for each
 * @param guard arrays of its own
 */
public record Optimizer(
        TorchScriptCode code,
        List<NDArray> parameters,
        List<NDArray> first,
        List<NDArray> second,
        List<NDArray> guard) {}
