package io.vae4j.core.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.RecordedNoise;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.ImportanceWeightedObjective;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.torch.TorchFunction;
import java.util.List;
import java.util.Optional;

/**
 * The importance-weighted gradient {@code sum_i w~_i dlog w_i} as the mean over one sample {@code i ~ w~}: k samples
 * are scored without a graph, one of them is chosen for each example, and only that one goes forward again, by the same
 * noise, and back. Unbiased, with more variance, at about a third of the cost for large k. Burda et al. 2016, section
 * 3, https://arxiv.org/abs/1509.00519
 */
public record ResampledBackward() implements GradientEstimator {

    private static final TorchFunction CHOSEN =
            TorchFunction.of("samples, index", "torch.take_along_dim(samples, index, 0)");

    @Override
    public Optional<String> incompatibility(Objective objective) {
        return objective instanceof ImportanceWeightedObjective
                ? Optional.empty()
                : Optional.of(
                        "the resampled backward pass samples from normalized importance weights, and this objective"
                                + " has none; use the pathwise estimator");
    }

    @Override
    public Estimate backward(
            GradientCollector tape, LatentModel model, Pass pass, NDArray x, Condition condition, Objective objective) {
        ImportanceWeightedObjective bound = (ImportanceWeightedObjective) GradientEstimator.check(this, objective);
        RecordedNoise recorded = new RecordedNoise(pass.noise(), pass.batch());
        // nothing needs a gradient in a frozen pass, so the engine builds no graph
        BoundTerms all = model.boundTerms(pass.frozen().with(recorded), x, condition, bound.samples());
        NDArray logWeight = all.logWeight();
        NDArray index = choose(pass.noise(), bound.weights(logWeight));
        List<NDArray> noise = recorded.samples().stream()
                .map(samples -> chosen(samples, index))
                .toList();
        BoundTerms one = model.boundTerms(pass.with(Noise.given(noise)), x, condition, 1);
        tape.backward(new Iwae(1).loss(one).mean());
        return new Estimate(all, bound.loss(all));
    }

    /** One index for each example, by the Gumbel-max trick: argmax_i (log a_i - log(-log u_i)), [1, B]. */
    private static NDArray choose(Noise noise, NDArray weights) {
        NDArray gumbel =
                noise.uniform(weights.getShape(), weights).log().neg().log().neg();
        return weights.log().add(gumbel).argMax(0).expandDims(0).toType(DataType.INT64, false);
    }

    /** The chosen sample's share of a recorded noise array: [K, B, ...] becomes [1, B, ...]. */
    private static NDArray chosen(NDArray samples, NDArray index) {
        Shape shape = samples.getShape();
        if (shape.dimension() < 2 || shape.get(1) != index.getShape().get(1)) {
            throw new IllegalStateException("the model drew noise of shape " + shape + "; the resampled backward pass"
                    + " can replay only noise of its own for each sample and example, [K, B, ...]");
        }
        Shape expanded = index.getShape();
        for (int i = 2; i < shape.dimension(); i++) {
            expanded = expanded.add(1);
        }
        return CHOSEN.apply(samples, index.reshape(expanded));
    }
}
