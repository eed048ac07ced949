package io.vae4j.core.torch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One ATen operation that DJL does not expose, with autograd, as TorchScript source:
 *
 * <pre>{@code
 * static final TorchFunction LGAMMA = TorchFunction.of("x", "torch.lgamma(x)");
 * NDArray y = LGAMMA.apply(x);
 * }</pre>
 *
 * <p>All arguments are tensors; numbers are written into the source. The result belongs to the owner of the
 * <b>first</b> argument, so a batch array comes first, never a parameter. Compiled on first use and kept for the life
 * of the process: hold functions in constants. Gradients follow the thread's grad mode, as for any other operation.
 */
public final class TorchFunction {

    private final String source;
    private @Nullable PtSymbolBlock compiled;

    private TorchFunction(String source) {
        this.source = source;
    }

    /**
     * A function of one expression.
     *
     * @param parameters the tensors' names, separated by commas
     * @param expression TorchScript in the serialised dialect: full names ({@code torch.logsumexp}), positional
     *     arguments or keywords as in ATen's schema
     */
    public static TorchFunction of(String parameters, String expression) {
        return ofBody(parameters, "return " + expression);
    }

    /** A function of several statements, one a line; the last one returns a tensor. */
    public static TorchFunction ofBody(String parameters, String body) {
        String typed = Arrays.stream(parameters.split(","))
                .map(name -> name.strip() + ": Tensor")
                .collect(Collectors.joining(", "));
        String indented = body.lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
        return new TorchFunction("  def forward(self: __torch__.Function, " + typed + ") -> Tensor:\n" + indented);
    }

    /** Applies the function; the result belongs to the owner of {@code first}. */
    public NDArray apply(NDArray first, NDArray... rest) {
        NDList inputs = new NDList(rest.length + 1);
        inputs.add(first);
        inputs.addAll(Arrays.asList(rest));
        // 'training' must be true: false would run in inference mode, whose results a later backward pass rejects.
        return IValueUtils.forward(block(), inputs, true).head();
    }

    private synchronized PtSymbolBlock block() {
        PtSymbolBlock ready = compiled;
        if (ready == null) {
            ready = compile();
            compiled = ready;
        }
        return ready;
    }

    @SuppressWarnings("resource") // lives as long as the process, like the constant that holds it
    private PtSymbolBlock compile() {
        Model model = Model.newInstance("torch-function", "PyTorch");
        try {
            model.load(new ByteArrayInputStream(TorchScriptArchive.of(source)));
        } catch (MalformedModelException e) {
            throw new IllegalArgumentException("not valid TorchScript:\n" + source, e);
        } catch (IOException e) {
            throw new UncheckedIOException("a TorchScript function could not be loaded", e);
        }
        return (PtSymbolBlock) model.getBlock();
    }
}
