package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.Codebook;
import java.util.List;

/** Grids of codes that no prior has arranged: what a learned prior over codes is to be compared with. */
public final class UniformCodeSampler {

    private final TrainedModel trained;
    private final Codebook codebook;

    /** @param codebook the model's own */
    public UniformCodeSampler(TrainedModel trained, Codebook codebook) {
        this.trained = trained;
        this.codebook = codebook;
    }

    /**
     * The means of p(x|z) for codes drawn uniformly and independently at each position.
     *
     * @return [N, ...X], owned by {@code batch}
     */
    public NDArray means(NDManager batch, long seed, int count) {
        Pass pass = trained.sampling(batch, seed, 0);
        NDArray codes = codebook.uniform(pass, new Shape(count, 1).addAll(grid(batch, seed)));
        return trained.model()
                .generate(pass, List.of(codebook.lookUp(pass, codes)), count, Condition.none())
                .mean()
                .squeeze(1);
    }

    /** The positions of the codes, as they are for any example. */
    private Shape grid(NDManager batch, long seed) {
        NDArray blank = batch.zeros(trained.view().inputShapes()[0], DataType.FLOAT32);
        return trained.model()
                .boundTerms(trained.evaluation(batch, seed, 0), blank, Condition.none(), 1)
                .layers()
                .get(0)
                .inference()
                .sample()
                .codes()
                .orElseThrow()
                .getShape()
                .slice(2);
    }
}
