package io.vae4j.experiments.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** The examples of one split of a NumPy file. */
record ExampleArray(NamedArrays.Named named) {

    /** @throws WrongFile if the array's axes are not those of examples */
    static ExampleArray of(NamedArrays.Named named) throws WrongFile {
        ExampleArray examples = new ExampleArray(named);
        long[] shape = named.array().shape();
        if (shape.length < 2 || shape.length > 4) {
            throw new WrongFile(
                    examples.name() + " has " + shape.length + (shape.length == 1 ? " axis" : " axes")
                            + "; expected [N, D], [N, H, W], [N, C, H, W] or [N, H, W, C]",
                    "reshape it, as by x.reshape(len(x), -1)");
        }
        if (named.array().elements() == 0) {
            throw new WrongFile(
                    examples.name() + " has no elements: its shape is " + Arrays.toString(shape),
                    "save at least one example, with at least one element");
        }
        return examples;
    }

    private String name() {
        return "the array " + named.name();
    }

    /** How many examples there are. */
    int count() {
        return (int) named.array().shape()[0];
    }

    /** The examples, with channels first; what is NaN is missing, where that may be. */
    IncompleteExamples examples(Gaps gaps, Labels labels) throws WrongFile {
        BitSet missing = new BitSet();
        try {
            return new IncompleteExamples(new Examples(stacked(gaps, missing), labels), missing);
        } catch (WrongFile e) {
            throw e.after(name());
        } catch (IllegalArgumentException e) {
            throw new WrongFile(
                    "in " + name() + ": " + e.getMessage(),
                    "leave such examples out, or replace what is not finite, as by numpy.nan_to_num");
        }
    }

    private Values stacked(Gaps gaps, BitSet missing) throws WrongFile {
        NumpyArray x = named.array();
        if (gaps == Gaps.KEPT && !x.isBytes()) {
            filled(x.data(), missing);
        }
        long[] shape = x.shape();
        Rows rows = x.rows();
        Shape event = shape.length == 3
                ? new Shape(1, shape[1], shape[2])
                : new Shape(Arrays.copyOfRange(shape, 1, shape.length));
        if (shape.length == 4 && !isChannel(shape[1]) && isChannel(shape[3])) {
            rows = new ChannelsFirstRows(rows, (int) shape[3], x.isBytes() ? 1 : Float.BYTES);
            event = new Shape(shape[3], shape[1], shape[2]);
        }
        return Values.of(rows, x.isBytes() ? DataType.UINT8 : DataType.FLOAT32, event);
    }

    /** Puts 0 where nothing is known. */
    private static void filled(ByteBuffer floats, BitSet missing) {
        for (int i = 0; i < floats.remaining() / Float.BYTES; i++) {
            if (Float.isNaN(floats.getFloat(i * Float.BYTES))) {
                missing.set(i);
                floats.putFloat(i * Float.BYTES, 0);
            }
        }
    }

    private static boolean isChannel(long axis) {
        return axis == 1 || axis == 3;
    }
}
