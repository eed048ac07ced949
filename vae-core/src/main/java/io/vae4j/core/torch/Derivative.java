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
 *     value's gradient {@code g}, which has the value's shape. It may write over what only it needs. Several names with
 *     commas between them stand for a tuple of their gradients, which are made together
 * @param memory where values and gradients lie
 */
public record Derivative(String body, List<String> kept, Map<String, String> gradients, Memory memory) {

    private static final String COMMA = ", ";

    /** Where lies what is returned. */
    public enum Memory {
        /** In memory of its own, each part of it. */
        NEW,
        /** Possibly in an argument's. */
        ANY
    }

    public Derivative {
        kept = List.copyOf(kept);
        gradients = Map.copyOf(gradients);
    }

    public Derivative(String body, List<String> kept, Map<String, String> gradients) {
        this(body, kept, gradients, Memory.ANY);
    }

    /**
     * The keys of the gradients by some parameters: one for all of them, or one for each; empty where one is missing.
     *
     * @param wanted in their order
     */
    public List<String> keys(List<String> wanted) {
        String all = String.join(COMMA, wanted);
        if (gradients.containsKey(all)) {
            return List.of(all);
        }
        return gradients.keySet().containsAll(wanted) ? wanted : List.of();
    }

    /** The names that a key stands for. */
    public static List<String> names(String key) {
        return List.of(key.split(COMMA, -1));
    }
}
