package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.vq.Codebook;
import java.util.List;

/** Grids of codes that no prior has arranged: what a learned prior over codes is to be compared with. */
public final class UniformGrids {

    private final Experiment experiment;
    private final Codebook codebook;

    /** @param codebook the experiment's own */
    public UniformGrids(Experiment experiment, Codebook codebook) {
        this.experiment = experiment;
        this.codebook = codebook;
    }

    /**
     * The means of p(x|z) for codes drawn uniformly and independently at each position.
     *
     * @return [N, ...X], owned by {@code batch}
     */
    public NDArray means(NDManager batch, long seed, int count) {
        Pass pass = experiment.sampling(batch, seed, 0);
        NDArray codes = codebook.uniform(pass, new Shape(count, 1).addAll(grid(batch, seed)));
        return experiment
                .model()
                .generate(pass, List.of(codebook.lookUp(pass, codes)), count, Condition.none())
                .mean()
                .squeeze(1);
    }

    /** The positions of the codes, as they are for an image. */
    private Shape grid(NDManager batch, long seed) {
        Minibatch one = experiment.testImages(batch, 0, 1, seed);
        BoundTerms terms =
                experiment.model().boundTerms(experiment.evaluation(batch, seed, 0), one.images(), one.condition(), 1);
        return terms.layers()
                .get(0)
                .inference()
                .sample()
                .codes()
                .orElseThrow()
                .getShape()
                .slice(2);
    }
}
