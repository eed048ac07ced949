package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.CodePosterior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Grids of codes that no prior has arranged: what a learned prior over codes is to be compared with. */
public final class UniformCodeSampler {

    private static final long PORTION = 1000;

    private final TrainedModel trained;

    /** @param trained of codes */
    public UniformCodeSampler(TrainedModel trained) {
        this.trained = trained;
    }

    /**
     * The means of p(x|z) for codes drawn uniformly and independently at each position of each layer.
     *
     * @param owner of what is returned
     * @return [N, ...X]
     */
    public NDArray means(NDManager owner, long seed, int count) {
        int most = Math.toIntExact(
                SamplePortion.examples(trained.model(), trained.view().event(), PORTION));
        NDList means = new NDList();
        for (int done = 0; done < count; done += Math.min(most, count - done)) {
            try (NDManager batch = owner.newSubManager()) {
                NDArray portion = portion(batch, seed, done, Math.min(most, count - done));
                portion.attach(owner);
                means.add(portion);
            }
        }
        return NDArrays.concat(means);
    }

    private NDArray portion(NDManager batch, long seed, int number, int count) {
        Pass pass = trained.sampling(batch, seed, number);
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
