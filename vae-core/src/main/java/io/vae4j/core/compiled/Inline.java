package io.vae4j.core.compiled;

import java.util.List;

/**
 * TorchScript with places for operands, which may write over any of them.
 *
 * @param template in which {@code $0} is the first operand
 */
record Inline(String template) implements Expression {

    @Override
    public Storage storage() {
        return Storage.ANY;
    }

    @Override
    public String code(List<String> inputs, Methods methods) {
        return Templates.filled(template, inputs);
    }
}
