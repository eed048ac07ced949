package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.InferenceOrder;
import io.vae4j.core.model.ModelBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A deep model whose layers are inferred from the top downwards: {@code p(h_L|c) prod p(h_l|h_{l+1},c) p(x|h_1,c)} with
 * top-down inference {@code q(h_L|x,c) prod q(h_l|x,h_{l+1},c)}: a deterministic pass upwards gives features d_1 ...
 * d_L of the data, and inference then follows the generative model downwards. Sønderby et al. 2016,
 * https://arxiv.org/abs/1602.02282; Vahdat and Kautz 2020, https://arxiv.org/abs/2007.03898. A {@link TopDownPath} says
 * whether a layer depends on all above it or on the next one alone.
 *
 * <p>Each layer's KL is closed given its sampled parents. The networks of {@link LadderLayer#topDown()} serve prior and
 * posterior alike.
 */
public final class TopDownVae extends ModelBlock {

    private final List<LadderLayer> ladder;
    private final TopLayer top;
    private final Decoder decoder;
    private final TopDownPath path;

    /** A Markov chain of layers: each depends on the latents of the next one above. */
    public TopDownVae(List<LadderLayer> ladder, TopLayer top, Decoder decoder) {
        this(ladder, top, decoder, TopDownPath.LATENTS);
    }

    /**
     * @param ladder the layers below the top, from the data upwards; none makes an ordinary autoencoder
     * @param decoder of what the path leads down to the data
     */
    public TopDownVae(List<LadderLayer> ladder, TopLayer top, Decoder decoder, TopDownPath path) {
        this.ladder = List.copyOf(ladder);
        this.top = top;
        this.decoder = child("decoder", decoder);
        this.path = path;
        int level = 1;
        for (LadderLayer layer : ladder) {
            child("encoder" + level, layer.encoder());
            child("topDown" + level, layer.topDown());
            child("prior" + level, layer.prior().block());
            child("posterior" + level, layer.posterior());
            level++;
        }
        child("encoder" + level, top.encoder());
        child("posterior" + level, top.posterior());
        child("prior" + level, top.prior());
    }

    @Override
    public Optional<Family<?>> likelihood() {
        return decoder.likelihood();
    }

    @Override
    public BoundTerms boundTerms(Pass pass, NDArray x, Condition condition, long samples) {
        requireFit(x, condition);
        Ascent open = ascent(pass, singleSample(pass, x), condition);
        Ascent frozen = ascent(pass.frozen(), singleSample(pass, x), condition);
        Inference highest = Inference.of(pass, atTop(open, condition), () -> atTop(frozen, condition), samples);
        Descent descent = new Descent(path, open, frozen, condition, top.prior().explain(pass, highest, condition));
        for (int level = ladder.size() - 1; level >= 0; level--) {
            descent.through(ladder.get(level), level);
        }
        NDArray logLikelihood = decoder.decode(pass, descent.above(), condition).logProb(x);
        return BoundTerms.of(logLikelihood, descent.layers(), InferenceOrder.TOP_DOWN);
    }

    @Override
    public Distribution generate(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        requireFit(condition);
        NDArray above = top.prior().sample(pass, fromTop, samples, condition).value();
        int given = 1;
        for (int level = ladder.size() - 1; level >= 0; level--) {
            TopDownContext context = ladder.get(level).predict(pass, above, condition);
            NDArray latent = given < fromTop.size()
                    ? fromTop.get(given)
                    : context.prior().sample(pass).value();
            above = path.read(latent, context.features());
            given++;
        }
        return decoder.decode(pass, above, condition);
    }

    @Override
    public Distribution reconstruct(Pass pass, NDArray x, Condition condition) {
        requireFit(x, condition);
        Ascent ascent = ascent(pass, singleSample(pass, x), condition);
        NDArray above = atTop(ascent, condition).pointEstimate();
        for (int level = ladder.size() - 1; level >= 0; level--) {
            above = throughCenter(pass, ladder.get(level), ascent.at(level), above, condition);
        }
        return decoder.decode(pass, above, condition);
    }

    private NDArray throughCenter(Pass pass, LadderLayer layer, NDArray bottomUp, NDArray above, Condition condition) {
        TopDownContext context = layer.predict(pass, above, condition);
        NDArray center =
                layer.posterior().infer(pass, bottomUp, context, condition).pointEstimate();
        return path.read(center, context.features());
    }

    private Ascent ascent(Pass pass, NDArray x, Condition condition) {
        return new Ascent(pass, Memoized.of(() -> {
            List<NDArray> features = new ArrayList<>();
            NDArray below = x;
            for (Encoder encoder : encoders()) {
                below = ready(pass, encoder, condition, below).features(pass, below, condition);
                features.add(below);
            }
            return features;
        }));
    }

    private ApproximatePosterior atTop(Ascent ascent, Condition condition) {
        return top.posterior().infer(ascent.pass(), ascent.at(ladder.size()), condition);
    }

    private List<Encoder> encoders() {
        return Stream.concat(ladder.stream().map(LadderLayer::encoder), Stream.of(top.encoder()))
                .toList();
    }

    /**
     * Part by part, so that each is initialized by itself, whatever it is made of; the top's prior before the layers
     * below it, in the order of the bound.
     */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        Condition condition = condition(inputs);
        Ascent ascent = ascent(pass, singleSample(pass, inputs.head()), condition);
        ready(pass, top.posterior(), condition, ascent.at(ladder.size()));
        NDArray above = atTop(ascent, condition).pointEstimate();
        ready(pass, top.prior(), condition, above);
        for (int level = ladder.size() - 1; level >= 0; level--) {
            LadderLayer layer = ladder.get(level);
            makeReady(pass, layer, ascent.at(level), above, condition);
            above = throughCenter(pass, layer, ascent.at(level), above, condition);
        }
        ready(pass, decoder, condition, above);
        super.dryRun(pass, inputs);
    }

    private static void makeReady(Pass pass, LadderLayer layer, NDArray bottomUp, NDArray above, Condition condition) {
        NDArray features = ready(pass, layer.topDown(), condition, above).features(pass, above, condition);
        ready(pass, layer.prior().block(), Condition.none(), features);
        ready(pass, layer.posterior(), condition, bottomUp, features);
    }
}
