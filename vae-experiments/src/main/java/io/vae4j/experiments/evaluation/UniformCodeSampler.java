package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.CodePosterior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Grids of codes that no prior has arranged: what a learned prior over codes is to be compared with. */
public final class UniformCodeSampler {

    private final TrainedModel trained;

    /** @param trained of codes */
    public UniformCodeSampler(TrainedModel trained) {
        this.trained = trained;
    }

    /**
     * The means of p(x|z) for codes drawn uniformly and independently at each position of each layer.
     *
     * @return [N, ...X], owned by {@code batch}
     */
    public NDArray means(NDManager batch, long seed, int count) {
        Pass pass = trained.sampling(batch, seed, 0);
        List<NDArray> fromTop = new ArrayList<>();
        for (CodePosterior layer : downwards(batch, seed)) {
            Shape grid = layer.indices().getShape().slice(2);
            NDArray codes = layer.codes().uniform(pass, new Shape(count, 1).addAll(grid));
            fromTop.add(layer.codes().lookUp(pass, codes));
        }
        return trained.model()
                .generate(pass, fromTop, count, Condition.none())
                .mean()
                .squeeze(1);
    }

    /** The layers of codes as they are for any example, the topmost first. */
    private List<CodePosterior> downwards(NDManager batch, long seed) {
        NDArray blank = trained.view().zeros(batch).x();
        List<CodePosterior> layers = new ArrayList<>(
                trained
                        .model()
                        .boundTerms(trained.evaluation(batch, seed, 0), blank, Condition.none(), 1)
                        .layers()
                        .stream()
                        .map(layer -> (CodePosterior) layer.inference().posterior())
                        .toList());
        Collections.reverse(layers);
        return layers;
    }
}
