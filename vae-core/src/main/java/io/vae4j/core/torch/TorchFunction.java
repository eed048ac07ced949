package io.vae4j.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One ATen operation that DJL does not expose, with autograd, as TorchScript source:
 *
 * <pre>{@code
 * static final TorchFunction LGAMMA = TorchFunction.of("x", "torch.lgamma(x)");
 * NDArray y = LGAMMA.apply(x);
 * }</pre>
 *
 * <p>All arguments are tensors, or lists of them; numbers are written into the source. The result belongs to the owner
 * of the <b>first</b> argument, so a batch array comes first, never a parameter. Compiled on first use and kept for the
 * life of the process: hold functions in constants. Gradients follow the thread's grad mode, as for any other
 * operation.
 */
public final class TorchFunction {

    private static final Pattern PLAIN_NAME = Pattern.compile("\\w*");

    private final TorchScriptCode code;
    private final Optional<Derivative> derivative;
    private @Nullable PtSymbolBlock compiled;

    private TorchFunction(TorchScriptCode code, Optional<Derivative> derivative) {
        this.code = code;
        this.derivative = derivative;
    }

    /**
     * A function of one expression.
     *
     * @param parameters the tensors' names, separated by commas
     * @param expression TorchScript in the serialized dialect: full names ({@code torch.logsumexp}), positional
     *     arguments or keywords as in ATen's schema
     */
    public static TorchFunction of(String parameters, String expression) {
        return ofBody(parameters, "return " + expression);
    }

    /**
     * A function of several statements, one a line; the last one returns a tensor. The compiler drops an in-place call
     * unless the result depends on what it writes, so return a tensor, or a list's element, that it wrote.
     *
     * @param parameters as above, where {@code name: List[Tensor]} is a list
     */
    public static TorchFunction ofBody(String parameters, String body) {
        return new TorchFunction(new TorchScriptCode(parameters, body), Optional.empty());
    }

    /**
     * The same function, of which a step that is compiled as a whole knows the gradient, written down.
     *
     * @see SymbolicArray
     */
    public TorchFunction with(Derivative written) {
        return new TorchFunction(code, Optional.of(written));
    }

    /** What it computes. */
    public TorchScriptCode code() {
        return code;
    }

    /** Its gradient, where it was written down. */
    public Optional<Derivative> derivative() {
        return derivative;
    }

    /** Applies the function; the result belongs to the owner of {@code first}. */
    public NDArray apply(NDArray first, NDArray... rest) {
        Optional<SymbolicArray> symbolic = SymbolicArray.among(first, rest);
        if (symbolic.isPresent()) {
            return symbolic.orElseThrow().apply(this, first, rest);
        }
        try (NDList aliases = new NDList()) {
            NDList inputs = new NDList(rest.length + 1);
            inputs.add(unnamed(first, aliases));
            for (NDArray argument : rest) {
                inputs.add(unnamed(argument, aliases));
            }
            // 'training' must be true: false would run in inference mode, whose results a later backward pass rejects.
            return IValueUtils.forward(block(), inputs, true).head();
        }
    }

    /**
     * Applies a function whose last parameters are lists; the result belongs to the owner of the first tensor. The
     * arrays bear other names during the call, so none may occur twice or be in use by another thread.
     *
     * @throws IllegalArgumentException if there is no tensor, or a list is empty
     */
    public NDArray applyToLists(List<NDArray> tensors, List<List<NDArray>> lists) {
        if (tensors.isEmpty() || lists.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a function was given " + tensors.size() + " tensors and lists of sizes "
                    + lists.stream().map(List::size).toList() + "; expected at least one of each");
        }
        return ListArguments.passed(tensors, lists, inputs -> {
                    tensors.forEach(tensor -> tensor.setName(null));
                    return IValueUtils.forward(block(), inputs, true);
                })
                .head();
    }

    /**
     * DJL reads "test.images" as a dictionary, "x[]" as a list, "module_method:f" as a method; to us names say nothing.
     */
    static NDArray unnamed(NDArray argument, NDList aliases) {
        String name = argument.getName();
        if (name == null || PLAIN_NAME.matcher(name).matches()) {
            return argument;
        }
        NDArray alias = argument.reshape(argument.getShape());
        aliases.add(alias);
        return alias;
    }

    private synchronized PtSymbolBlock block() {
        PtSymbolBlock ready = compiled;
        if (ready == null) {
            ready = compile();
            compiled = ready;
        }
        return ready;
    }

    /** Owned by a manager of its own that nobody closes: a function lives as long as the constant that holds it. */
    private PtSymbolBlock compile() {
        PtNDManager owner = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        try {
            return JniUtils.loadModule(owner, new ByteArrayInputStream(archive()), false, false);
        } catch (IOException | EngineException e) {
            throw new IllegalArgumentException("not valid TorchScript:\n" + code.method("Function"), e);
        }
    }

    private byte[] archive() {
        return TorchScriptArchive.of(new TorchScriptModule("Function", Map.of(), Map.of(), code.method("Function")));
    }
}
