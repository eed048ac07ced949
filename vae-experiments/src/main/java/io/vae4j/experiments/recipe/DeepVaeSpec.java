package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.NetworkSpec.DenseSpec;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.hierarchical.DeepVae;
import io.vae4j.models.hierarchical.DeepVae.Level;
import io.vae4j.models.hierarchical.TopDownPath;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several stochastic layers of dense networks, {@code p(h_L) ... p(h_1|h_2) p(x|h_1)}.
 *
 * @param layers from the data upwards
 * @param inference in which order the latents are inferred
 * @param posterior of the layers below the top, where they are inferred from the top
 * @param path what a layer reads of those above it, where they are inferred from the top
 * @param connection of the features of one layer to those of the next, where they are inferred from the top
 * @param outputBias of the layer that makes the data
 */
@Example("""
        {kind: deep-vae, layers: [{hidden: [6], latent: 3}, {hidden: [5], latent: 2}],
        inference: bottom-up, posterior: precision-weighting, path: latents,
        connection: plain,
        activation: tanh,
        initialization: fan-in-uniform, outputBias: as-initialized, likelihood: bernoulli}""")
public record DeepVaeSpec(
        List<LayerSpec> layers,
        @Default("bottom-up") Direction inference,
        @Default("precision-weighting") TopDownPosteriorSpec posterior,
        @Default("latents") TopDownPath path,
        @Default("plain") Connection connection,
        @Default("tanh") Activation activation,
        @Default("glorot-uniform") Initialization initialization,
        @Default("as-initialized") OutputBias outputBias,
        LikelihoodSpec likelihood)
        implements ModelSpec {

    /** In which order the latents are inferred. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum Direction {
        /** {@code q(h_1|x) q(h_2|h_1) ...}, as in the slides. */
        BOTTOM_UP,
        /** {@code q(h_L|x) ... q(h_1|x,h_2)}, which makes every layer's KL closed. */
        TOP_DOWN
    }

    /** How the features of one layer come from those of the next. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum Connection {
        /** A network of them. */
        PLAIN,
        /** They, plus a network of them, which learns sooner through many layers. */
        RESIDUAL
    }

    /**
     * One stochastic layer.
     *
     * @param hidden the widths between the layer below and this one, upwards
     * @param latent the number of its dimensions
     */
    public record LayerSpec(List<Integer> hidden, int latent) {

        public LayerSpec {
            hidden = KeyChecks.eachAtLeastOne("model.layers.hidden", hidden);
            KeyChecks.atLeastOne("model.layers.latent", latent);
        }
    }

    public DeepVaeSpec {
        if (layers.isEmpty()) {
            throw new InvalidInput("model.layers is empty", "recipe", "give at least one {hidden: [200], latent: 50}");
        }
        layers = List.copyOf(layers);
    }

    @Override
    public Assembly assemble(ModelContext context) {
        Shape event = new Shape(context.data().dimensions());
        LatentModel model = switch (inference) {
            case BOTTOM_UP -> bottomUp(output(event, context));
            case TOP_DOWN -> new DenseLadder(this).model(output(event, context));
        };
        return new Assembly(model, event);
    }

    private LatentModel bottomUp(Decoder output) {
        List<Level> levels = IntStream.range(0, layers.size())
                .mapToObj(i -> new Level(up(i), gaussian(i), i == 0 ? output : below(i)))
                .toList();
        return DeepVae.bottomUp(
                levels, new StandardNormalPrior(layers.get(last()).latent()));
    }

    private Decoder below(int i) {
        return new NetworkDecoder(down(i), gaussian(i - 1));
    }

    private int last() {
        return layers.size() - 1;
    }

    private Decoder output(Shape event, ModelContext context) {
        return network(0).decoder(event, likelihood, context);
    }

    Gaussian gaussian(int i) {
        return new Gaussian(layers.get(i).latent(), initialization);
    }

    Mlp up(int i) {
        return new Mlp(layers.get(i).hidden(), activation, initialization);
    }

    Mlp down(int i) {
        return new Mlp(network(i).mirrored(), activation, initialization);
    }

    private DenseSpec network(int i) {
        return new DenseSpec(layers.get(i).hidden(), activation, initialization, outputBias);
    }

    @Override
    public String title(long dimensions) {
        String inside = layers.stream()
                .map(layer -> layer.hidden().stream().map(String::valueOf).collect(Collectors.joining("-")) + "-["
                        + layer.latent() + "]")
                .collect(Collectors.joining("-"));
        String order = inference == Direction.TOP_DOWN ? ", inferred from the top" : "";
        return "deep VAE " + dimensions + "-" + inside + order;
    }

    @Override
    public Optional<String> incompatibility(DataSpec data) {
        DenseLadder ladder = new DenseLadder(this);
        return inference == Direction.BOTTOM_UP && !ladder.isDefault()
                ? Optional.of("model.posterior, model.path and model.connection are about inference from the top; set"
                        + " model.inference=top-down, or leave them out")
                : ladder.incompatibility();
    }

    @Override
    public Optional<String> klBySamples() {
        return Optional.of("that of a deep model depends on the samples of its upper layers");
    }

    @Override
    public Density density() {
        return Density.ANYWHERE;
    }
}
