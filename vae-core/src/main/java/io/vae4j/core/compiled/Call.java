package io.vae4j.core.compiled;

import io.vae4j.core.torch.TorchScriptCode;
import java.util.List;

/**
 * A call of a function of several statements.
 *
 * @param outputs how many tensors it returns: one, or a tuple
 * @param storage where they lie
 */
record Call(TorchScriptCode function, int outputs, Storage storage) implements Expression {

    @Override
    public String code(List<String> inputs, Methods methods) {
        return methods.name(function, outputs) + "(" + String.join(", ", inputs) + ")";
    }
}
