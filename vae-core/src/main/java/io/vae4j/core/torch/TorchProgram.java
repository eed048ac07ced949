package io.vae4j.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TorchScript of several methods that runs as one call, with no gradient of its own, and holds lists of arrays that
 * need not be handed over each time.
 */
public final class TorchProgram implements AutoCloseable {

    /** Whether torch's automatic differentiation is a part of a program. */
    public enum Autograd {
        /** It can be called. */
        KNOWN,
        /** It cannot, which makes all calls shorter. */
        LEFT_OUT
    }

    /** The class that methods belong to. */
    public static final String TYPE = "Program";

    private final NDManager owner;
    private final Autograd autograd;
    private final PtSymbolBlock compiled;

    /**
     * @param methods in the serialized dialect; {@code forward} takes tensors and returns a list of tensors
     * @param held lists by the names that the methods know them by, {@code self.NAME}; none is empty. The arrays stay
     *     the caller's
     * @param autograd whether it can ask for gradients, or take arrays of one that can
     * @throws IllegalArgumentException with the source, if that is no TorchScript
     */
    public TorchProgram(String methods, Map<String, List<NDArray>> held, Autograd autograd) {
        this.autograd = autograd;
        List<String> names = held.keySet().stream().sorted().toList();
        owner = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        String source = methods + binding(names);
        try {
            byte[] archive = TorchScriptArchive.of(new TorchScriptModule(TYPE, Map.of(), Map.of(), names, source));
            compiled = JniUtils.loadModule((PtNDManager) owner, new ByteArrayInputStream(archive), false, false);
        } catch (IOException | EngineException e) {
            owner.close();
            throw new IllegalArgumentException("not valid TorchScript:\n" + source, e);
        }
        if (!names.isEmpty()) {
            bind(names.stream().map(held::get).toList());
        }
    }

    private static String binding(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String parameters = names.stream().map(name -> name + ": List[Tensor]").collect(Collectors.joining(", "));
        String body =
                names.stream().map(name -> "self." + name + " = " + name + "\n").collect(Collectors.joining());
        return new TorchScriptCode(parameters, body + "return " + names.get(0) + "[0]").method(TYPE, "bind", "Tensor");
    }

    /** By aliases: names are theirs alone, and weights have threads of their own that look at them. */
    private void bind(List<List<NDArray>> lists) {
        try (NDList aliases = new NDList();
                NDManager scratch = owner.newSubManager()) {
            List<List<NDArray>> named = lists.stream()
                    .map(list -> list.stream().map(NDArray::stopGradient).toList())
                    .toList();
            named.forEach(aliases::addAll);
            NDArray method = scratch.zeros(new Shape(1));
            method.setName("module_method:bind");
            ListArguments.passed(List.of(method), named, this::call);
        } catch (EngineException e) {
            close();
            throw e;
        }
    }

    /**
     * Runs it.
     *
     * @param inputs the owner of the first one owns what is returned
     */
    public NDList run(List<NDArray> inputs) {
        try (NDList aliases = new NDList()) {
            NDList unnamed = new NDList(inputs.size());
            inputs.forEach(input -> unnamed.add(TorchFunction.unnamed(input, aliases)));
            return call(unnamed);
        }
    }

    private NDList call(NDList inputs) {
        boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        // torch would look at the first runs and compute differently, by a rounding, from then on
        JniUtils.setGraphExecutorOptimize(false);
        try {
            // not 'training' leaves autograd's layer out of each call
            return IValueUtils.forward(compiled, inputs, autograd == Autograd.KNOWN);
        } finally {
            JniUtils.setGraphExecutorOptimize(true);
            JniUtils.setGradMode(gradients);
        }
    }

    @Override
    public void close() {
        compiled.close();
        owner.close();
    }
}
