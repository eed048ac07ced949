package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The noise of a batch that is passed in parts: each part sees those rows of a sample, [K, B, ...], that its examples
 * would see if the batch were passed whole.
 */
final class PartialNoise {

    private final Noise whole;
    private final NDManager batch;
    private final long count;
    private final List<NDArray> drawn = new ArrayList<>();

    /**
     * @param batch owns the samples
     * @param count B
     */
    PartialNoise(Noise whole, NDManager batch, long count) {
        this.whole = whole;
        this.batch = batch;
        this.count = count;
    }

    /** What the examples from one place up to, but not, another see. */
    Noise of(long from, long to) {
        return new Rows(from, to);
    }

    private final class Rows implements Noise {

        private final long from;
        private final long to;
        private int position;

        Rows(long from, long to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public NDArray normal(Shape shape, NDArray like) {
            return rows(shape, like, wide -> whole.normal(wide, like));
        }

        @Override
        public NDArray uniform(Shape shape, NDArray like) {
            return rows(shape, like, wide -> whole.uniform(wide, like));
        }

        private NDArray rows(Shape shape, NDArray like, Function<Shape, NDArray> draw) {
            if (shape.dimension() < 2 || shape.get(1) != to - from) {
                throw new IllegalArgumentException(
                        "a part of the model draws noise of shape " + shape
                                + ", which is not [K, B, ...], so that a batch cannot be passed in parts; do without accumulation");
            }
            if (position == drawn.size()) {
                NDArray sample = draw.apply(widened(shape));
                sample.attach(batch);
                drawn.add(sample);
            }
            NDArray sample = drawn.get(position++);
            NDArray rows = sample.get(new NDIndex(":, " + from + ":" + to));
            rows.attach(like.getManager());
            return rows;
        }

        private Shape widened(Shape shape) {
            long[] axes = shape.getShape().clone();
            axes[1] = count;
            return new Shape(axes);
        }
    }
}
