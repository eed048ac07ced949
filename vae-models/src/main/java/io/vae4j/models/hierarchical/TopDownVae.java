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
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A deep model whose layers are inferred from the top downwards: {@code p(h_L|c) prod p(h_l|h_{l+1},c) p(x|h_1,c)} with
 * top-down inference {@code q(h_L|x,c) prod q(h_l|x,h_{l+1},c)}: a deterministic pass upwards gives features d_1 ...
 * d_L of the data, and inference then follows the generative model downwards. Sønderby et al. 2016,
 * https://arxiv.org/abs/1602.02282; Vahdat and Kautz 2020, https://arxiv.org/abs/2007.03898
 *
 * <p>Each layer's KL is closed given its sampled parent. The networks of {@link LadderLayer#topDown()} serve prior and
 * posterior alike.
 */
public final class TopDownVae extends ModelBlock implements AfterStep {

    private final List<LadderLayer> ladder;
    private final TopLayer top;
    private final Decoder decoder;

    /** @param ladder the layers below the top, from the data upwards; none makes an ordinary autoencoder */
    public TopDownVae(List<LadderLayer> ladder, TopLayer top, Decoder decoder) {
        this.ladder = List.copyOf(ladder);
        this.top = top;
        this.decoder = child("decoder", decoder);
        int level = 1;
        for (LadderLayer layer : ladder) {
            child("encoder" + level, layer.encoder());
            child("topDown" + level, layer.topDown());
            child("prior" + level, layer.prior());
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
        Deque<StochasticLayer> layers = new ArrayDeque<>(top.prior().explain(pass, highest, condition));
        for (int level = ladder.size() - 1; level >= 0; level--) {
            NDArray above = layers.getFirst().inference().latent();
            layers.addFirst(below(level, open, frozen, above, condition));
        }
        NDArray z = layers.getFirst().inference().latent();
        return BoundTerms.of(
                decoder.decode(pass, z, condition).logProb(x), List.copyOf(layers), InferenceOrder.TOP_DOWN);
    }

    @Override
    public Distribution generate(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        requireFit(condition);
        NDArray z = top.prior().sample(pass, fromTop, samples, condition).value();
        int given = 1;
        for (LadderLayer layer : downwards()) {
            z = given < fromTop.size()
                    ? fromTop.get(given)
                    : layer.predict(pass, z, condition).prior().sample(pass.noise(), 1);
            given++;
        }
        return decoder.decode(pass, z, condition);
    }

    @Override
    public Distribution reconstruct(Pass pass, NDArray x, Condition condition) {
        requireFit(x, condition);
        Ascent ascent = ascent(pass, singleSample(pass, x), condition);
        NDArray z = atTop(ascent, condition).pointEstimate();
        for (int level = ladder.size() - 1; level >= 0; level--) {
            z = ladder.get(level).infer(pass, ascent.at(level), z, condition).pointEstimate();
        }
        return decoder.decode(pass, z, condition);
    }

    @Override
    public void afterStep(CompletedStep step) {
        AfterStep.passOn(this, step);
    }

    /** The features d_1 ... d_L that a pass's parameters make of the data. */
    private record Ascent(Pass pass, Memoized<List<NDArray>> features) {
        NDArray at(int level) {
            return features.get().get(level);
        }
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

    private StochasticLayer below(int level, Ascent open, Ascent frozen, NDArray above, Condition condition) {
        LadderLayer layer = ladder.get(level);
        TopDownContext prediction = layer.predict(open.pass(), above, condition);
        ApproximatePosterior q = layer.posterior().infer(open.pass(), open.at(level), prediction, condition);
        Inference inference =
                Inference.of(open.pass(), q, () -> layer.infer(frozen.pass(), frozen.at(level), above, condition), 1);
        return StochasticLayer.of(inference, prediction.prior());
    }

    private List<Encoder> encoders() {
        return Stream.concat(ladder.stream().map(LadderLayer::encoder), Stream.of(top.encoder()))
                .toList();
    }

    private List<LadderLayer> downwards() {
        List<LadderLayer> reversed = new ArrayList<>(ladder);
        Collections.reverse(reversed);
        return reversed;
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
        NDArray z = atTop(ascent, condition).pointEstimate();
        ready(pass, top.prior(), condition, z);
        for (int level = ladder.size() - 1; level >= 0; level--) {
            z = readyCenter(pass, ladder.get(level), ascent.at(level), z, condition);
        }
        ready(pass, decoder, condition, z);
        super.dryRun(pass, inputs);
    }

    private static NDArray readyCenter(
            Pass pass, LadderLayer layer, NDArray bottomUp, NDArray above, Condition condition) {
        NDArray features = ready(pass, layer.topDown(), condition, above).features(pass, above, condition);
        ready(pass, layer.prior(), Condition.none(), features);
        ready(pass, layer.posterior(), condition, bottomUp, features);
        return layer.infer(pass, bottomUp, above, condition).pointEstimate();
    }
}
