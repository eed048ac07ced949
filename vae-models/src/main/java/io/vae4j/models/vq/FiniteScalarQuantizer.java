package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.Optional;

/**
 * A posterior that rounds: each of a position's D numbers is bounded and rounded to one of L_i whole numbers, {@code z^
 * = round(f(z))}, and its gradient is copied as if it had not been rounded. No codebook is learned and nothing is added
 * to the loss. Mentzer et al. 2024, section 3.1 and appendix A.1, https://arxiv.org/abs/2309.15505
 *
 * <p>The features are a grid of vectors, as for {@link VectorQuantizer}; a linear map of each makes its D numbers.
 */
public final class FiniteScalarQuantizer extends TypedBlock implements Posterior {

    private final Dense projection;
    private final FiniteScalars codes;

    /**
     * @param codes owned by the quantizer; a prior may refer to it
     * @param start of the linear map
     */
    public FiniteScalarQuantizer(FiniteScalars codes, Initialization start) {
        this.projection = child("projection", new Dense(codes.dimensions(), start));
        this.codes = child("codes", codes);
    }

    /**
     * @param features [K or 1, B, C, ...positions], such as [1, B, 64, 7, 7]
     * @return q over z of shape [K or 1, B, D, ...positions], with codes [K or 1, B, ...positions]
     */
    @Override
    public ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
        appliedTo(pass, condition, features);
        CodeGrid grid = CodeGrid.of(features);
        NDArray bounded = codes.bounded(pass, projection.apply(pass, grid.rows(features)));
        NDArray whole = bounded.stopGradient().round();
        NDArray through = whole.add(bounded.sub(bounded.stopGradient()));
        return new Rounded(
                codes,
                grid.codes(codes.indices(pass, whole)),
                grid.channelsFirst(codes.scaled(pass, whole)),
                grid.channelsFirst(codes.scaled(pass, through)));
    }

    /**
     * All probability on the rounded values.
     *
     * @param indices [K or 1, B, ...positions], INT64
     * @param pointEstimate the codes, [K or 1, B, D, ...positions]
     * @param differentiable the same, with the gradient of what was rounded
     */
    private record Rounded(Codes codes, NDArray indices, NDArray pointEstimate, NDArray differentiable)
            implements CodePosterior {

        @Override
        public Optional<NDArray> penalty() {
            return Optional.empty();
        }
    }

    /** z, [B, D, ...positions], for features [B, C, ...positions]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray features = inputs.head().expandDims(0);
        return new NDList(
                infer(pass, features, condition(inputs)).sample(pass, 1).value().squeeze(0));
    }
}
