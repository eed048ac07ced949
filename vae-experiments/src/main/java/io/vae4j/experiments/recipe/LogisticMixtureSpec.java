package io.vae4j.experiments.recipe;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.models.family.ColorMixturePixels;
import io.vae4j.models.family.Head;
import io.vae4j.models.family.LogisticMixturePixels;
import java.util.Optional;

/**
 * Probabilities of bytes: a mixture of discretized logistics (Salimans et al. 2017).
 *
 * @param components of each mixture
 * @param channels whether the colors of a pixel depend on each other, given z
 */
@Example("{kind: discretized-logistic-mixture, components: 3, channels: independent}")
record LogisticMixtureSpec(
        @Default("5") int components,
        @Default("independent") Channels channels) implements LikelihoodSpec {

    /** How the colors of a pixel depend on each other, given z. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    enum Channels {
        /** Not at all: each has a mixture of its own. */
        INDEPENDENT,
        /** They share the component; green follows red, and blue follows both, linearly. For colors only. */
        AUTOREGRESSIVE
    }

    public LogisticMixtureSpec {
        KeyChecks.atLeastOne("model.likelihood.components", components);
    }

    @Override
    public Family<?> family(Shape event, Head head) {
        return switch (channels) {
            case INDEPENDENT -> new LogisticMixturePixels(event, components, head);
            case AUTOREGRESSIVE -> new ColorMixturePixels(event, components, head);
        };
    }

    @Override
    public Family<?> facts() {
        return factsOver(new Shape(3, 1, 1));
    }

    @Override
    public Optional<String> incompatibility(Shape data) {
        return channels == Channels.INDEPENDENT || (data.dimension() == 3 && data.get(0) == 3)
                ? Optional.empty()
                : Optional.of("only colors, [3, H, W], can depend on each other, and an example has shape " + data
                        + "; set model.likelihood.channels=independent");
    }

    /** Around the mean, one beside the other. */
    @Override
    public float[] parameterOf(float... mean) {
        float[] distances = new float[components * mean.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = mean[i % mean.length] - 0.5f;
        }
        return distances;
    }
}
