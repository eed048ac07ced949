package io.vae4j.core.compiled;

import io.vae4j.core.torch.TorchScriptCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An expression whose gradient is torch's to find: it runs on leaves of its own, which torch remembers. It makes the
 * value, the value with its graph, and the leaves.
 *
 * @param operands how many it has
 * @param wanted those by which it is differentiated, by place
 */
record Differentiable(Expression inner, int operands, List<Integer> wanted) implements Expression {

    Differentiable {
        wanted = List.copyOf(wanted);
    }

    @Override
    public int outputs() {
        return 2 + wanted.size();
    }

    @Override
    public Storage storage() {
        return Storage.ANY;
    }

    @Override
    public String code(List<String> inputs, Methods methods) {
        List<String> lines = new ArrayList<>();
        List<String> names = new ArrayList<>(names("x", operands));
        List<String> returned = new ArrayList<>(List.of("torch.detach(y)", "y"));
        for (int place : wanted) {
            lines.add("l" + place + " = torch.requires_grad_(torch.detach(x" + place + "))");
            names.set(place, "l" + place);
            returned.add("l" + place);
        }
        lines.add("_0 = torch.set_grad_enabled(True)");
        lines.add("y = " + inner.code(names, methods));
        lines.add("_1 = torch.set_grad_enabled(False)");
        lines.add("return (" + String.join(", ", returned) + ")");
        TorchScriptCode code = new TorchScriptCode(String.join(", ", names("x", operands)), String.join("\n", lines));
        return methods.name(code, outputs()) + "(" + String.join(", ", inputs) + ")";
    }

    /** The gradients by the leaves, of the value with its graph, the leaves and the value's gradient. */
    Call backward() {
        List<String> leaves = names("l", wanted.size());
        StringBuilder body = new StringBuilder("""
                if y.requires_grad:
                  all = torch.grad([y], [%s], annotate(List[Optional[Tensor]], [g]), True, False, True)
                else:
                  all = annotate(List[Optional[Tensor]], [%s])
                """.formatted(
                        String.join(", ", leaves), String.join(", ", Collections.nCopies(wanted.size(), "None"))));
        for (int i = 0; i < wanted.size(); i++) {
            // what the value does not depend on has no gradient
            body.append("""
                    o%1$d = all[%1$d]
                    if torch.__is__(o%1$d, None):
                      g%1$d = torch.zeros_like(l%1$d)
                    else:
                      g%1$d = unchecked_cast(Tensor, o%1$d)
                    """.formatted(i));
        }
        String gradients = String.join(", ", names("g", wanted.size()));
        body.append(wanted.size() == 1 ? "return " + gradients : "return (" + gradients + ")");
        String parameters = "y, " + String.join(", ", leaves) + ", g";
        return new Call(new TorchScriptCode(parameters, body.toString()), wanted.size(), Storage.ANY);
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
