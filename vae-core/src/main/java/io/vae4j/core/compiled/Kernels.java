package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.torch.TorchProgram;
import io.vae4j.core.torch.TorchScriptCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Expressions computed one by one, as they are recorded: that says the shapes of what they make. */
final class Kernels {

    /** So many are kept: shapes are written into them. */
    private static final int MOST = 1000;

    /** By their source, those that were used last. */
    private static final Map<String, TorchProgram> COMPILED = new LinkedHashMap<>(MOST, 0.75f, true);

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
        return run(source, inputs);
    }

    /** One at a time, so that none is closed while it runs. */
    private static synchronized NDList run(String source, List<NDArray> inputs) {
        TorchProgram kernel =
                COMPILED.computeIfAbsent(source, text -> new TorchProgram(text, Map.of(), TorchProgram.Autograd.KNOWN));
        if (COMPILED.size() > MOST) {
            Optional.ofNullable(COMPILED.remove(COMPILED.keySet().iterator().next()))
                    .ifPresent(TorchProgram::close);
        }
        return kernel.run(inputs);
    }
}
