package io.vae4j.core.compiled;

import java.util.List;

/**
 * TorchScript with places for operands, which may write over any of them.
 *
 * @param template in which {@code $0} is the first operand
 * @param outputs how many tensors it makes: one, or a tuple
 * @param storage where they lie
 */
record Inline(String template, int outputs, Storage storage) implements Expression {

    @Override
    public String code(List<String> inputs, Methods methods) {
        return Templates.filled(template, inputs);
    }
}
