package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Categorical;
import io.vae4j.core.torch.Aten;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An autoregressive distribution of grids of codes, {@code log p(k|c) = sum_i log p(k_i | k_1 ... k_(i-1), c)}, with
 * the positions row by row and a causal transformer for the conditionals. The VQ-VAE's authors used a PixelCNN (van den
 * Oord et al. 2017, section 3.3); attention reads every earlier position with no blind spot, and grids are small.
 *
 * <p>What stands in front of the first code is a learned start, or a linear map of the condition.
 */
public final class AutoregressiveTransformer extends TypedBlock {

    private static final float EMBEDDING_SCALE = 0.02f;

    private final long count;
    private final Size size;
    private final Parameter embedding;
    private final Parameter position;
    private final Dense start;
    private final List<TransformerBlock> layers = new ArrayList<>();
    private final Dense logits;

    /** @param count N, the number of codes */
    public AutoregressiveTransformer(long count, Size size, Initialization initialization) {
        this.count = count;
        this.size = size;
        Initializer small = new NormalInitializer(EMBEDDING_SCALE);
        embedding = parameter("embedding", Parameter.Type.OTHER, new Shape(count, size.width()), small);
        position = parameter("position", Parameter.Type.OTHER, small);
        start = child("start", new Dense(size.width(), initialization));
        for (int i = 0; i < size.layers(); i++) {
            layers.add(child("layer" + (i + 1), new TransformerBlock(size.width(), size.heads(), initialization)));
        }
        logits = child("logits", new Dense(count, initialization));
    }

    /**
     * How large the transformer is.
     *
     * @param width of a position's features, a multiple of {@code heads}
     * @param heads of each attention, at least 1
     * @param layers at least 1
     */
    public record Size(int width, int heads, int layers) {

        public Size {
            if (layers < 1 || heads < 1 || width < heads || width % heads != 0) {
                throw new IllegalArgumentException("a transformer of width " + width + " with " + heads + " heads and "
                        + layers + " layers was asked for; expected at least 1 of each, and a width that is a"
                        + " multiple of the heads");
            }
        }
    }

    /** The number of codes, N. */
    public long count() {
        return count;
    }

    /** The features of a position. */
    int width() {
        return size.width();
    }

    /**
     * log p(codes|c), each conditional given the true codes before it.
     *
     * @param codes [K, B, ...positions], INT64
     * @return [K, B], nats
     */
    public NDArray logProb(Pass pass, NDArray codes, Condition condition) {
        return logProb(pass, codes, condition, UnaryOperator.identity());
    }

    /**
     * The same, of codes that other features stand beside.
     *
     * @param beside from the embeddings of positions, [positions, width], to what stands at the place where each code
     *     is predicted, with or without [K * B] in front
     */
    NDArray logProb(Pass pass, NDArray codes, Condition condition, UnaryOperator<NDArray> beside) {
        appliedTo(pass, condition, codes);
        requireEvent("codes", codes, 2);
        Shape leading = codes.getShape().slice(0, 2);
        NDArray owned = borrowed(codes, pass.batch());
        NDArray rows = owned.reshape(-1, grid().size());
        NDArray each = logits(pass, owned, condition, beside).logSoftmax(-1).gather(rows.expandDims(2), 2);
        return each.reshape(leading.get(0), leading.get(1), -1).sum(new int[] {2});
    }

    /**
     * The logits of every position given the codes before it.
     *
     * @param codes [K, B, ...positions], INT64
     * @return [K * B, positions, N]
     */
    NDArray logits(Pass pass, NDArray codes, Condition condition, UnaryOperator<NDArray> beside) {
        Shape shape = codes.getShape();
        NDArray before = codes.reshape(-1, grid().size()).get(new NDIndex(":, :-1"));
        NDArray first = beginning(pass, shape.get(0), shape.get(1), condition);
        return following(pass, first, before, beside.apply(pass.value(position)));
    }

    /**
     * Samples grids code by code.
     *
     * @param samples n, for each condition or once
     * @return [n, B or 1, ...positions], INT64
     */
    public NDArray sample(Pass pass, long samples, Condition condition) {
        return sample(pass, samples, condition, UnaryOperator.identity());
    }

    /** The same, of codes that other features stand beside. */
    NDArray sample(Pass pass, long samples, Condition condition, UnaryOperator<NDArray> beside) {
        requireFit(condition);
        NDArray first = beginning(pass, samples, condition.batch(), condition);
        NDArray places = beside.apply(pass.value(position));
        NDArray codes = pass.batch().zeros(new Shape(samples * condition.batch(), 0), DataType.INT64);
        for (int i = 0; i < grid().size(); i++) {
            // nothing but the code is kept of a position's forward pass
            try (NDManager scratch = pass.batch().newSubManager()) {
                NDArray next = next(pass, borrowed(first, scratch), borrowed(codes, scratch), places);
                codes = codes.concat(next, 1);
            }
        }
        return codes.reshape(new Shape(samples, condition.batch()).addAll(grid()));
    }

    /** The code after those before it, [R, 1], INT64. */
    private NDArray next(Pass pass, NDArray first, NDArray before, NDArray places) {
        NDArray last = following(pass, first, before, places).get(new NDIndex(":, -1"));
        return new Categorical(last.expandDims(0), 1)
                .sample(pass.noise(), 1)
                .argMax(-1)
                .reshape(-1, 1);
    }

    /** A view that another manager owns, and with it all that is made of it. */
    private static NDArray borrowed(NDArray array, NDManager owner) {
        NDArray view = array.reshape(array.getShape());
        view.attach(owner);
        return view;
    }

    private Shape grid() {
        return expectedShapes()[0].slice(1);
    }

    /** The features in front of the first code, [K * B, 1, width]. */
    private NDArray beginning(Pass pass, long samples, long batch, Condition condition) {
        NDArray one = Ops.full(pass.value(embedding), new Shape(samples, batch, 1), 1);
        return start.apply(pass, condition.join(one, 1)).reshape(samples * batch, 1, size.width());
    }

    /**
     * @param first [R, 1, width]
     * @param before the first T codes, [R, T], INT64
     * @param places what stands at each place, [positions, width] or [R, positions, width]
     * @return the logits of codes 1 to T + 1, [R, T + 1, N]
     */
    private NDArray following(Pass pass, NDArray first, NDArray before, NDArray places) {
        NDArray read = first.concat(Aten.rows(before, pass.value(embedding)), 1);
        NDArray hidden =
                read.add(places.get(new NDIndex("..., :{}, :", read.getShape().get(1))));
        for (TransformerBlock layer : layers) {
            hidden = layer.apply(pass, hidden);
        }
        return logits.apply(pass, TransformerBlock.normalized(hidden));
    }

    /** log p of codes [B, ...positions], [B]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray codes = inputs.head().toType(DataType.INT64, false).expandDims(0);
        return new NDList(logProb(pass, codes, condition(inputs)).squeeze(0));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        position.setShape(new Shape(inputs[0].slice(1).size(), size.width()));
    }
}
