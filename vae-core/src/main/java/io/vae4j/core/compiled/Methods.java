package io.vae4j.core.compiled;

import io.vae4j.core.torch.TorchProgram;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The methods that a program calls, each once. */
final class Methods {

    private record Method(TorchScriptCode code, int outputs) {}

    private final Map<Method, String> names = new LinkedHashMap<>();

    /**
     * The name by which to call a method.
     *
     * @param outputs how many tensors it returns: one, or a tuple
     */
    String name(TorchScriptCode code, int outputs) {
        return "(self)." + names.computeIfAbsent(new Method(code, outputs), method -> "f" + names.size());
    }

    /** Source of all of them. */
    String source() {
        StringBuilder source = new StringBuilder();
        names.forEach((method, name) ->
                source.append(method.code().method(TorchProgram.TYPE, name, returned(method.outputs()))));
        return source.toString();
    }

    private static String returned(int outputs) {
        return outputs == 1 ? "Tensor" : "Tuple[" + String.join(", ", Collections.nCopies(outputs, "Tensor")) + "]";
    }
}
