package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.vae4j.core.torch.TorchProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A trace that runs. */
final class Program implements AutoCloseable {

    private final Trace trace;
    private final String source;
    private final TorchProgram compiled;
    private final NDManager owner;
    private final ByteBuffer numbers;
    /** Shows the numbers as they are; torch reads them when it starts a kernel. */
    private final NDArray shown;

    /**
     * @param parent owns what the program needs beside its inputs
     * @param held what the script calls by {@code self.NAME}
     */
    Program(NDManager parent, Trace trace, Map<String, List<NDArray>> held) {
        this.trace = trace;
        owner = parent.newSubManager();
        Script script = new Script(trace, parent.getDevice());
        source = script.source();
        Map<String, List<NDArray>> lists = new HashMap<>(held);
        lists.put(
                Numbers.CONSTANTS, script.constants().stream().map(this::array).toList());
        Map<String, List<NDArray>> used = lists.entrySet().stream()
                .filter(list -> source.contains("self." + list.getKey() + ")")
                        || source.contains("self." + list.getKey() + ","))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        TorchProgram.Autograd autograd =
                source.contains("torch.grad(") ? TorchProgram.Autograd.KNOWN : TorchProgram.Autograd.LEFT_OUT;
        compiled = compiled(source, used, autograd);
        int count = Math.max(1, trace.varying().size());
        numbers = ByteBuffer.allocateDirect(count * Double.BYTES).order(ByteOrder.nativeOrder());
        shown = JniUtils.createNdFromByteBuffer(
                (PtNDManager) owner, numbers, new Shape(count), DataType.FLOAT64, SparseFormat.DENSE, Device.cpu());
    }

    private TorchProgram compiled(String methods, Map<String, List<NDArray>> used, TorchProgram.Autograd autograd) {
        try {
            return new TorchProgram(methods, used, autograd);
        } catch (RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    /** On the host: a kernel of any device takes it as an argument. */
    private NDArray array(Numbers.Constant constant) {
        return owner.create(constant.value()).toDevice(Device.cpu(), false).toType(constant.type(), false);
    }

    Trace trace() {
        return trace;
    }

    String source() {
        return source;
    }

    /**
     * Runs it.
     *
     * @param varying the numbers that vary
     * @param arguments the caller's arrays
     * @param kept become what was wanted of them
     */
    void run(double[] varying, List<NDArray> arguments, List<TracedArray> kept) {
        for (int i = 0; i < varying.length; i++) {
            numbers.putDouble(i * Double.BYTES, varying[i]);
        }
        if (arguments.stream().anyMatch(NDArray::isReleased)) {
            throw Untraceable.asWhole("a part has closed an array before the program ran that is computed with it;"
                    + " make it by the batch of the pass, and leave it open");
        }
        NDList inputs = new NDList(arguments.size() + 1);
        inputs.add(shown);
        inputs.addAll(arguments);
        // what was made without autograd's knowledge may not meet it later: a copy may
        try (NDList results = compiled.run(inputs)) {
            for (int i = 0; i < kept.size(); i++) {
                kept.get(i).become(results.get(i).duplicate());
            }
        }
    }

    @Override
    public void close() {
        compiled.close();
        owner.close();
    }
}
