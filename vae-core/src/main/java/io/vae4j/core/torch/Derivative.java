package io.vae4j.core.torch;

import java.util.List;
import java.util.Map;

/**
 * How a function is computed where its gradient is wanted, and the gradient.
 *
 * @param body TorchScript of the function's parameters, one statement a line; the last one returns a list of the value
 *     and of what the gradients need beside it
 * @param kept names by which the gradients know the value and what else was returned, in that order
 * @param gradients for some of the parameters, by name: TorchScript of the parameters, of the names above and of the
 *     value's gradient {@code g}, which has the value's shape. It may write over what only it needs
 */
public record Derivative(String body, List<String> kept, Map<String, String> gradients) {

    public Derivative {
        kept = List.copyOf(kept);
        gradients = Map.copyOf(gradients);
    }
}
