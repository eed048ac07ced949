package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A module in Python's pickle protocol 2, as torch reads it: an instance of its class whose state holds its parameters,
 * {@code training} and the modules inside, in the order in which the class declares them. A tensor says which entry of
 * the archive holds its bytes.
 *
 * @see <a href="https://github.com/python/cpython/blob/v3.11.0/Lib/pickletools.py">the opcodes</a>
 */
final class PickledModule {

    private static final int PROTOCOL = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int TRUE = 0x88;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<byte[]> tensors = new ArrayList<>();

    private PickledModule() {}

    static PickledModule of(TorchScriptModule module) {
        PickledModule pickled = new PickledModule();
        pickled.out.write(PROTOCOL);
        pickled.out.write(2);
        pickled.write(module);
        pickled.out.write('.');
        return pickled;
    }

    /** The entry {@code data.pkl}. */
    byte[] bytes() {
        return out.toByteArray();
    }

    /** The entries {@code data/0}, {@code data/1} and so on. */
    List<byte[]> tensors() {
        return List.copyOf(tensors);
    }

    private void write(TorchScriptModule module) {
        global("__torch__", module.type());
        out.write(')');
        out.write(NEW_OBJECT);
        out.write('}');
        out.write('(');
        module.parameters().forEach((name, array) -> {
            text(name);
            tensor(array);
        });
        text("training");
        out.write(FALSE);
        module.lists().forEach(this::emptyList);
        module.children().forEach((name, child) -> {
            text(name);
            write(child);
        });
        out.write('u');
        out.write('b');
    }

    private void emptyList(String name) {
        text(name);
        global("torch.jit._pickle", "build_tensorlist");
        out.write('(');
        out.write(']');
        out.write('t');
        out.write('R');
    }

    /** {@code _rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks)}. */
    private void tensor(NDArray array) {
        global("torch._utils", "_rebuild_tensor_v2");
        out.write('(');
        storage(array);
        number(0);
        long[] sizes = array.getShape().getShape();
        numbers(sizes);
        numbers(contiguous(sizes));
        out.write(TRUE);
        global("collections", "OrderedDict");
        out.write(')');
        out.write('R');
        out.write('t');
        out.write('R');
    }

    private void storage(NDArray array) {
        out.write('(');
        text("storage");
        global("torch", storageType(array));
        text(String.valueOf(tensors.size()));
        text("cpu");
        number(array.size());
        out.write('t');
        out.write('Q');
        tensors.add(bytes(array));
    }

    private static String storageType(NDArray array) {
        return switch (array.getDataType()) {
            case FLOAT32 -> "FloatStorage";
            case FLOAT64 -> "DoubleStorage";
            default ->
                throw new IllegalArgumentException(
                        "a parameter has type " + array.getDataType() + "; expected float32 or float64");
        };
    }

    private static byte[] bytes(NDArray array) {
        ByteBuffer buffer = array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static long[] contiguous(long... sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }

    private void numbers(long... values) {
        out.write('(');
        for (long value : values) {
            number(value);
        }
        out.write('t');
    }

    private void number(long value) {
        out.write('J');
        out.writeBytes(little(Math.toIntExact(value)));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(little(bytes.length));
        out.writeBytes(bytes);
    }

    private void global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
