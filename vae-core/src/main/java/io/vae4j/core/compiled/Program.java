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
        source = new Script(trace, parent.getDevice()).source();
        Map<String, List<NDArray>> used = held.entrySet().stream()
                .filter(list -> source.contains("self." + list.getKey() + ")")
                        || source.contains("self." + list.getKey() + ","))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
        compiled = new TorchProgram(source, used);
        int count = Math.max(1, trace.varying().size());
        numbers = ByteBuffer.allocateDirect(count * Double.BYTES).order(ByteOrder.nativeOrder());
        shown = JniUtils.createNdFromByteBuffer(
                (PtNDManager) owner, numbers, new Shape(count), DataType.FLOAT64, SparseFormat.DENSE, Device.cpu());
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
        NDList inputs = new NDList(arguments.size() + 1);
        inputs.add(shown);
        inputs.addAll(arguments);
        NDList results = compiled.run(inputs);
        for (int i = 0; i < results.size(); i++) {
            if (i < kept.size()) {
                kept.get(i).become(results.get(i));
            } else {
                results.get(i).close();
            }
        }
    }

    @Override
    public void close() {
        compiled.close();
        owner.close();
    }
}
