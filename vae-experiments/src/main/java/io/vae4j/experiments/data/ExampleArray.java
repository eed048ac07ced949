package io.vae4j.experiments.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

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
        try {
            if (gaps == Gaps.REFUSED || named.array().isBytes()) {
                return IncompleteExamples.complete(examples(rows(), labels));
            }
            GapRows rows = new GapRows(rows());
            return new IncompleteExamples(examples(rows, labels), rows);
        } catch (IllegalArgumentException e) {
            throw new WrongFile(
                    "in " + name() + ": " + e.getMessage(),
                    "leave such examples out, or replace what is not finite, as by numpy.nan_to_num");
        }
    }

    private Examples examples(Rows rows, Labels labels) {
        DataType type = named.array().isBytes() ? DataType.UINT8 : DataType.FLOAT32;
        return new Examples(Values.of(rows, type, event()), labels);
    }

    private Rows rows() {
        NumpyArray x = named.array();
        return isChannelsLast()
                ? new ChannelsFirstRows(x.rows(), (int) x.shape()[3], x.isBytes() ? 1 : Float.BYTES)
                : x.rows();
    }

    private Shape event() {
        long[] shape = named.array().shape();
        if (shape.length == 3) {
            return new Shape(1, shape[1], shape[2]);
        }
        return isChannelsLast()
                ? new Shape(shape[3], shape[1], shape[2])
                : new Shape(Arrays.copyOfRange(shape, 1, shape.length));
    }

    private boolean isChannelsLast() {
        long[] shape = named.array().shape();
        return shape.length == 4 && !isChannel(shape[1]) && isChannel(shape[3]);
    }

    private static boolean isChannel(long axis) {
        return axis == 1 || axis == 3;
    }
}
