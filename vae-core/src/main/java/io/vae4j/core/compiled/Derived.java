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
        return derivative.memory() == Derivative.Memory.NEW ? Storage.NEW : Storage.ANY;
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

    /** What is to be computed for the gradients by some parameters. */
    List<Gradient> gradients(List<Integer> wanted) {
        List<String> parameters = function.names();
        return derivative.keys(wanted.stream().map(parameters::get).toList()).stream()
                .map(key -> gradient(key, Derivative.names(key)))
                .toList();
    }

    private Gradient gradient(String key, List<String> wanted) {
        List<String> parameters = function.names();
        List<String> names = new ArrayList<>(parameters);
        names.addAll(derivative.kept());
        names.add("g");
        String code = Objects.requireNonNull(derivative.gradients().get(key));
        List<Integer> read = Templates.places(Templates.of(code, names));
        String template = Templates.of(code, read.stream().map(names::get).toList());
        List<Integer> places = wanted.stream().map(parameters::indexOf).toList();
        return new Gradient(new Inline(template, places.size(), storage()), read, places);
    }

    /**
     * Gradients that are computed together.
     *
     * @param read what of the operands, of what was kept, and of the value's gradient is read, by place
     * @param wanted the places of the operands whose gradients they are
     */
    record Gradient(Inline code, List<Integer> read, List<Integer> wanted) {}
}
