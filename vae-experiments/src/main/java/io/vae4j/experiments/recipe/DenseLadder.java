package io.vae4j.experiments.recipe;

import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Network;
import io.vae4j.experiments.recipe.DeepVaeSpec.Connection;
import io.vae4j.experiments.recipe.DeepVaeSpec.LayerSpec;
import io.vae4j.experiments.recipe.TopDownPosteriorSpec.LayerParts;
import io.vae4j.experiments.recipe.TopDownPosteriorSpec.PrecisionWeightingSpec;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.hierarchical.LadderLayer;
import io.vae4j.models.hierarchical.TopDownPath;
import io.vae4j.models.hierarchical.TopDownVae;
import io.vae4j.models.hierarchical.TopLayer;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.network.Residual;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The layers of a deep VAE that are inferred from the top: what they read of each other, and how they are joined. */
record DenseLadder(DeepVaeSpec spec) {

    LatentModel model(Decoder output) {
        List<LadderLayer> below = IntStream.range(0, last())
                .mapToObj(i -> new LadderLayer(
                        climbing(i),
                        descending(i),
                        spec.gaussian(i),
                        spec.posterior().posterior(parts(i))))
                .toList();
        TopLayer top = new TopLayer(
                climbing(last()),
                spec.gaussian(last()),
                new StandardNormalPrior(spec.layers().get(last()).latent()));
        return new TopDownVae(below, top, output, spec.path());
    }

    private int last() {
        return spec.layers().size() - 1;
    }

    private Encoder climbing(int i) {
        return spec.connection() == Connection.RESIDUAL && i > 0 ? new Residual(spec.up(i)) : spec.up(i);
    }

    /** The topmost of these networks reads latents only. */
    private Network descending(int i) {
        Network network = spec.down(i + 1);
        return spec.connection() == Connection.RESIDUAL && i < last() - 1 ? new Residual(network) : network;
    }

    private LayerParts parts(int i) {
        LayerSpec layer = spec.layers().get(i);
        int widths = layer.hidden().size();
        List<Integer> width = layer.hidden().subList(Math.max(0, widths - 1), widths);
        return new LayerParts(
                () -> new Mlp(width, spec.activation(), spec.initialization()),
                start -> new Gaussian(layer.latent(), start),
                spec.initialization());
    }

    /** Whether no key is set that only this order of inference reads. */
    boolean isDefault() {
        return spec.path() == TopDownPath.LATENTS
                && spec.connection() == Connection.PLAIN
                && spec.posterior() instanceof PrecisionWeightingSpec;
    }

    /** Why the features cannot be added; empty where they can, or are not. */
    Optional<String> incompatibility() {
        if (spec.connection() == Connection.PLAIN) {
            return Optional.empty();
        }
        if (spec.path() == TopDownPath.LATENTS) {
            return Optional.of("residual connections add to the features of the layer above, which are read on one path"
                    + " only; set model.path=latents-and-features");
        }
        return hasOneWidth()
                ? Optional.empty()
                : Optional.of("residual connections add features of equal width; give every entry of"
                        + " model.layers.hidden one width");
    }

    private boolean hasOneWidth() {
        boolean hidden =
                spec.layers().stream().noneMatch(layer -> layer.hidden().isEmpty());
        long widths = spec.layers().stream()
                .flatMap(layer -> layer.hidden().stream())
                .distinct()
                .count();
        return hidden && widths == 1;
    }
}
