package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;

/**
 * The moving averages that codes are made of: {@code n <- g n + (1-g) uses}, {@code m <- g m + (1-g) sums}, both from
 * zero and divided by {@code 1 - g^t}, and {@code e = m / n}. Van den Oord et al. 2017, appendix A.1,
 * https://arxiv.org/abs/1711.00937
 *
 * <p>Laplace smoothing takes {@code n' = (n + eps) / (sum n + N eps) sum n} for n, here only and never in the stored n.
 * What it adds counts as uses at the code's present place, {@code e <- (m + (n' - n) e) / n'}: a code that nobody uses
 * stays where it is, and is not drawn to the origin.
 */
final class MovingAverages extends TypedBlock {

    private final Shape shape;
    private final CodebookUpdate.ByMovingAverage settings;
    private final Parameter counts;
    private final Parameter sums;
    private final Parameter updates;

    /** @param shape [N, D] */
    MovingAverages(Shape shape, CodebookUpdate.ByMovingAverage settings) {
        this.shape = shape;
        this.settings = settings;
        counts = state("counts", new Shape(shape.get(0)), Initializer.ZEROS);
        sums = state("sums", shape, Initializer.ZEROS);
        updates = state("updates", new Shape(1), Initializer.ZEROS);
    }

    /** Takes a batch in and answers the new codes, [N, D]; the codes themselves are the caller's to change. */
    NDArray update(Pass pass, Assignment.Totals batch, NDArray codes) {
        assign(pass, counts, mixed(batch.uses(), pass.value(counts)));
        assign(pass, sums, mixed(batch.sums(), pass.value(sums)));
        assign(pass, updates, Ops.shift(pass.value(updates), 1));
        return means(pass, codes);
    }

    /** Starts anew where the mask is 1, [N]. */
    void forget(Pass pass, NDArray mask) {
        NDArray kept = mask.neg().add(mask.onesLike());
        assign(pass, counts, kept.mul(pass.value(counts)));
        assign(pass, sums, kept.expandDims(1).mul(pass.value(sums)));
    }

    private NDArray means(Pass pass, NDArray codes) {
        NDArray weight = debias(pass.value(updates));
        NDArray n = pass.value(counts).div(weight);
        NDArray m = pass.value(sums).div(weight);
        NDArray total = n.sum();
        NDArray smoothed = Ops.shift(n, settings.epsilon())
                .div(Ops.shift(total, settings.epsilon() * (double) shape.get(0)))
                .mul(total);
        NDArray added = smoothed.sub(n).expandDims(1).mul(codes);
        return m.add(added).div(smoothed.expandDims(1));
    }

    /** {@code 1 - g^t}: what a moving average from zero has collected of a constant. */
    private NDArray debias(NDArray t) {
        NDArray left = Ops.scale(t, Math.log(settings.decay())).exp();
        return left.neg().add(left.onesLike());
    }

    private NDArray mixed(NDArray fresh, NDArray kept) {
        return Ops.scale(fresh, 1 - settings.decay()).add(Ops.scale(kept, settings.decay()));
    }

    /** The stored averages themselves, n beside m, [N, 1 + D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDList both = new NDList(pass.value(counts).expandDims(1), pass.value(sums));
        return new NDList(NDArrays.concat(both, 1));
    }
}
