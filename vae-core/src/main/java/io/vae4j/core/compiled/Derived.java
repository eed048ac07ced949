package io.vae4j.core.compiled;

import io.vae4j.core.torch.Derivative;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A function whose gradient is written down. It makes the value, and what the gradients need beside it.
 *
 * @param function for the names of its parameters
 */
record Derived(TorchScriptCode function, Derivative derivative) implements Expression {

    @Override
    public int outputs() {
        return derivative.kept().size();
    }

    @Override
    public Storage storage() {
        return Storage.ANY;
    }

    @Override
    public String code(List<String> inputs, Methods methods) {
        TorchScriptCode code = new TorchScriptCode(function.parameters(), returning());
        return methods.name(code, outputs()) + "(" + String.join(", ", inputs) + ")";
    }

    /** The body returns a list; a method returns a tensor, or a tuple. */
    private String returning() {
        String body = derivative.body();
        int list = body.lastIndexOf("return [") + "return ".length();
        String elements = body.substring(list + 1, body.length() - 1);
        return body.substring(0, list) + (outputs() == 1 ? elements : "(" + elements + ")");
    }

    /** The gradient by a parameter, of the operands, of what was kept, and of the value's gradient. */
    Inline gradient(int place) {
        List<String> names = new ArrayList<>(function.names());
        names.addAll(derivative.kept());
        names.add("g");
        String parameter = function.names().get(place);
        return new Inline(
                Templates.of(Objects.requireNonNull(derivative.gradients().get(parameter)), names));
    }
}
