package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.torch.Aten;
import io.vae4j.models.network.GivenInitializer;
import java.util.List;

/**
 * The fixed grid of codes of finite scalar quantization: D numbers, of which the i-th takes L_i values evenly spaced
 * over [-1, 1), or over [-1, 1] where L_i is odd. There are {@code L_1 * ... * L_D} codes, numbered with the first
 * place changing fastest, and none is learned. Mentzer et al. 2024, section 3.1, https://arxiv.org/abs/2309.15505
 */
public final class FiniteScalars extends TypedBlock implements Codes {

    /** Keeps the outermost values off the asymptotes of tanh. */
    private static final double MARGIN = 1e-3;

    /** The whole numbers that float32 holds exactly. */
    private static final long MOST = 1L << 24;

    private final List<Integer> levels;
    private final long count;
    private final Parameter sizes;
    private final Parameter codes;

    /** @param levels L, each at least 3; the authors advise 5 or more, such as [8, 5, 5, 5] */
    public FiniteScalars(List<Integer> levels) {
        this.levels = List.copyOf(levels);
        count = levels.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> Math.min(a * b, MOST + 1));
        if (levels.isEmpty() || levels.stream().anyMatch(level -> level < 3) || count > MOST) {
            throw new IllegalArgumentException("the levels are " + levels + "; expected at least one, each 3 or more,"
                    + " and at most " + MOST + " codes, such as [8, 5, 5, 5]");
        }
        sizes = state("levels", new Shape(levels.size()), new GivenInitializer(floats(levels)));
        codes = state("codes", new Shape(count, levels.size()), new GivenInitializer(table()));
    }

    @Override
    public long count() {
        return count;
    }

    /** The length of a code, D. */
    public int dimensions() {
        return levels.size();
    }

    @Override
    public NDArray codes(Pass pass) {
        return pass.value(codes);
    }

    /**
     * Vectors as they are before rounding, {@code f(z) = tanh(z + s) (L - 1) / 2 - o}: o is 1/2 for an even number of
     * levels, so that as many whole numbers lie in its range, and s is such that f(0) = 0.
     *
     * @param vectors [M, D]
     * @return [M, D], from about -L / 2 to L / 2
     */
    NDArray bounded(Pass pass, NDArray vectors) {
        NDArray size = pass.value(sizes);
        NDArray half = Ops.scale(Ops.shift(size, -1), (1 - MARGIN) / 2);
        NDArray even = Ops.shift(size.sub(Ops.scale(halved(size), 2)).neg(), 1);
        NDArray offset = Ops.scale(even, 0.5);
        NDArray ratio = offset.div(half);
        // atanh, which DJL lacks
        NDArray shift = Ops.scale(
                Ops.shift(ratio, 1).log().sub(Ops.shift(ratio.neg(), 1).log()), 0.5);
        return Aten.tanh(vectors.add(shift)).mul(half).sub(offset);
    }

    /**
     * Rounded values in [-1, 1], the code itself.
     *
     * @param rounded whole numbers from {@code -floor(L / 2)} on, [M, D]
     */
    NDArray scaled(Pass pass, NDArray rounded) {
        return rounded.div(halved(pass.value(sizes)));
    }

    /** The numbers of codes, [M], INT64, for whole numbers [M, D]. */
    NDArray indices(Pass pass, NDArray rounded) {
        NDArray digits = rounded.add(halved(pass.value(sizes)));
        NDArray index = digits.get(":, " + (levels.size() - 1));
        for (int i = levels.size() - 2; i >= 0; i--) {
            index = Ops.scale(index, levels.get(i)).add(digits.get(":, " + i));
        }
        // of NaN, which shows in the values, the number would be none
        return index.toType(DataType.INT64, false).clip(0, count - 1);
    }

    /** {@code floor(L / 2)}. */
    private static NDArray halved(NDArray size) {
        return Ops.scale(size, 0.5).floor();
    }

    private float[] table() {
        float[] table = new float[Math.toIntExact(count * levels.size())];
        for (int code = 0; code < count; code++) {
            int left = code;
            for (int i = 0; i < levels.size(); i++) {
                int half = levels.get(i) / 2;
                table[code * levels.size() + i] = (float) (left % levels.get(i) - half) / half;
                left /= levels.get(i);
            }
        }
        return table;
    }

    private static float[] floats(List<Integer> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    /** The codes that vectors [M, D] are rounded to, [M, D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(scaled(pass, bounded(pass, inputs.head()).round()));
    }
}
