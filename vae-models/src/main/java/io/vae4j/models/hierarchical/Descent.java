package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Inference on its way down: what each layer infers from the data's features and from the layers above it. What comes
 * from above is kept twice, once as parameters make it and once with all parameters held constant, for estimators that
 * differentiate log q by the latents alone.
 */
final class Descent {

    private final TopDownPath path;
    private final Ascent open;
    private final Ascent frozen;
    private final Condition condition;
    private final Deque<StochasticLayer> layers;
    private NDArray above;
    private Memoized<NDArray> constantAbove;

    /** @param top the layers that the top's prior explains */
    Descent(TopDownPath path, Ascent open, Ascent frozen, Condition condition, List<StochasticLayer> top) {
        this.path = path;
        this.open = open;
        this.frozen = frozen;
        this.condition = condition;
        layers = new ArrayDeque<>(top);
        NDArray latent = layers.getFirst().inference().latent();
        above = latent;
        constantAbove = Memoized.of(() -> latent);
    }

    /** Infers the next layer below. */
    void through(LadderLayer layer, int level) {
        Memoized<NDArray> constant = constantAbove;
        TopDownContext context = layer.predict(open.pass(), above, condition);
        Memoized<TopDownContext> constantContext =
                Memoized.of(() -> layer.predict(frozen.pass(), constant.get(), condition));
        ApproximatePosterior q = layer.posterior().infer(open.pass(), open.at(level), context, condition);
        Inference inference = Inference.of(
                open.pass(),
                q,
                () -> layer.posterior().infer(frozen.pass(), frozen.at(level), constantContext.get(), condition),
                1);
        layers.addFirst(context.prior().explain(inference));
        NDArray latent = inference.latent();
        above = path.read(latent, context.features());
        constantAbove =
                Memoized.of(() -> path.read(latent, constantContext.get().features()));
    }

    /** What the decoder reads, or the layer below. */
    NDArray above() {
        return above;
    }

    /** From the data upwards. */
    List<StochasticLayer> layers() {
        return List.copyOf(layers);
    }
}
