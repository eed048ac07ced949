package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The condition c of p(x|c), such as a label. Every model is conditional; most are conditioned on nothing. */
public sealed interface Condition {

    /** Joins the condition to an input; {@code None} returns it unchanged. */
    NDArray join(NDArray input, int eventRank);

    /** How many examples it is about, B; 1 for no condition. */
    long batch();

    /** Each example's condition {@code times} times in a row, [B * times, C]; {@code None} stays what it is. */
    Condition repeat(long times);

    /** That of the examples from one place up to, but not, another; {@code None} stays what it is. */
    Condition rows(long from, long to);

    /** No condition. */
    static Condition none() {
        return None.INSTANCE;
    }

    /**
     * One vector per example.
     *
     * @param values [B, C]
     */
    static Condition given(NDArray values) {
        return new Given(values);
    }

    /** The empty condition: {@code join(h) == h}. */
    enum None implements Condition {
        INSTANCE;

        @Override
        public long batch() {
            return 1;
        }

        @Override
        public NDArray join(NDArray input, int eventRank) {
            return input;
        }

        @Override
        public Condition repeat(long times) {
            return this;
        }

        @Override
        public Condition rows(long from, long to) {
            return this;
        }
    }

    /**
     * A vector per example, such as a one-hot label.
     *
     * @param values [B, C]; owned by the pass
     */
    record Given(NDArray values) implements Condition {

        public Given {
            if (values.getShape().dimension() != 2) {
                throw new IllegalArgumentException("a condition has shape " + values.getShape()
                        + "; expected [B, C], one vector per example (one-hot for a label)");
            }
        }

        @Override
        public long batch() {
            return values.getShape().get(0);
        }

        /**
         * Concatenates along the first event axis: features for vectors, constant channels for images. An input for one
         * example is shared by all conditions.
         *
         * @param input [K, B or 1, D] for event rank 1, [K, B or 1, C', H, W] for event rank 3
         */
        @Override
        public NDArray join(NDArray input, int eventRank) {
            Shape shape = input.getShape();
            int axis = shape.dimension() - eventRank;
            long[] singleton = new long[shape.dimension()];
            Arrays.fill(singleton, 1);
            singleton[axis - 1] = batch();
            singleton[axis] = values.getShape().get(1);
            long[] full = shape.getShape().clone();
            full[axis - 1] = Math.max(full[axis - 1], batch());
            NDArray shared = input.broadcast(new Shape(full));
            full[axis] = values.getShape().get(1);
            NDArray channels = values.reshape(new Shape(singleton)).broadcast(new Shape(full));
            return NDArrays.concat(new NDList(shared, channels), axis);
        }

        @Override
        public Condition repeat(long times) {
            long width = values.getShape().get(1);
            NDArray each = values.expandDims(1).broadcast(new Shape(batch(), times, width));
            return new Given(each.reshape(batch() * times, width));
        }

        @Override
        public Condition rows(long from, long to) {
            return new Given(values.get(new NDIndex(from + ":" + to)));
        }
    }
}
