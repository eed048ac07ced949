package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.models.network.Dense;
import io.vae4j.models.network.Initialization;
import java.util.Optional;

/**
 * The posterior of the VQ-VAE: a point mass on the code nearest to each position's vector, {@code k = argmin_j ||z -
 * e_j||}. Van den Oord et al. 2017, eq. 1 to 3, https://arxiv.org/abs/1711.00937
 *
 * <p>The features are a grid of vectors; a linear map of each brings them to the length of a code. {@code log q = 0} is
 * a probability's, so the prior must be one over codes, such as {@link UniformCodes}; the loss of
 * {@link io.vae4j.core.objective.Elbo} is then the paper's. Its penalty is summed over positions and channels like
 * every term of the bound, and per example: the commitment weighs the same whatever the batch. A training loop must
 * call {@link #afterStep}, through the model, for moving averages, clusters and restarts.
 */
public final class VectorQuantizer extends TypedBlock implements Posterior, AfterStep {

    private static final double COMMITMENT = 0.25;

    private final Dense projection;
    private final Codebook codebook;
    private final double commitment;
    private final QuantizationGradient gradient;

    /**
     * @param codebook owned by the quantizer; a prior may refer to it
     * @param commitment beta, the weight of {@code ||z - sg(e)||^2}, not negative
     * @param start of the linear map
     */
    public VectorQuantizer(Codebook codebook, double commitment, QuantizationGradient gradient, Initialization start) {
        if (!(commitment >= 0) || Double.isInfinite(commitment)) {
            throw new IllegalArgumentException(
                    "the commitment's weight is " + commitment + "; expected a finite number, 0 or more");
        }
        this.projection = child("projection", new Dense(codebook.dimensions(), start));
        this.codebook = child("codebook", codebook);
        this.commitment = commitment;
        this.gradient = gradient;
    }

    /** With the paper's commitment, 0.25, and its straight-through gradient. */
    public VectorQuantizer(Codebook codebook, Initialization start) {
        this(codebook, COMMITMENT, QuantizationGradient.STRAIGHT_THROUGH, start);
    }

    /**
     * @param features [K or 1, B, C, ...positions], such as [1, B, 64, 7, 7]
     * @return q over z of shape [K or 1, B, D, ...positions], with codes [K or 1, B, ...positions]
     */
    @Override
    public ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
        appliedTo(pass, condition, features);
        CodeGrid grid = CodeGrid.of(features);
        NDArray encoded = projection.apply(pass, grid.rows(features));
        return new NearestCode(codebook, grid, codebook.nearest(pass, encoded), gradient, commitment);
    }

    @Override
    public void afterStep(CompletedStep step) {
        step.terms().layers().stream()
                .map(layer -> layer.inference().posterior())
                .filter(posterior -> posterior instanceof NearestCode mine && mine.codes() == codebook)
                .map(posterior -> ((NearestCode) posterior).assignment())
                .forEach(assignment -> codebook.learn(step, assignment));
    }

    @Override
    public Optional<String> averagingRefusal() {
        return codebook.averagingRefusal();
    }

    /** z, [B, D, ...positions], for features [B, C, ...positions]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        NDArray features = inputs.head().expandDims(0);
        return new NDList(
                infer(pass, features, condition(inputs)).sample(pass, 1).value().squeeze(0));
    }
}
