package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.torch.TorchProgram;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Expressions computed one by one, as they are recorded: that says the shapes of what they make. */
final class Kernels {

    private static final Map<String, TorchProgram> COMPILED = new ConcurrentHashMap<>();

    private Kernels() {}

    /** What an expression makes of arrays; the owner of the first one owns it. */
    static NDList compute(Expression expression, List<NDArray> inputs) {
        List<String> names =
                IntStream.range(0, inputs.size()).mapToObj(i -> "x" + i).toList();
        Methods methods = new Methods();
        String code = expression.code(names, methods);
        List<String> results =
                IntStream.range(0, expression.outputs()).mapToObj(i -> "y" + i).toList();
        String body = String.join(", ", results) + (results.size() == 1 ? "" : ",") + " = " + code + "\nreturn ["
                + String.join(", ", results) + "]";
        String source = methods.source()
                + new TorchScriptCode(String.join(", ", names), body)
                        .method(TorchProgram.TYPE, "forward", "List[Tensor]");
        return COMPILED.computeIfAbsent(source, text -> new TorchProgram(text, Map.of(), TorchProgram.Autograd.KNOWN))
                .run(inputs);
    }
}
