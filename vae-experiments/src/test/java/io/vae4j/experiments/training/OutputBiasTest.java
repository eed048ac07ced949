package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.core.training.ModelState;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputBiasTest {

    @ParameterizedTest
    @ValueSource(strings = {"iwae-1", "iwae-2layer"})
    void theOutputStartsAtTheMeanImage(String name) {
        float[] mean = Small.data().train().values().mean();

        float[] bias = outputBias(Recipes.find(name, List.of()));

        assertThat(bias).hasSameSizeAs(mean);
        for (int i = 0; i < mean.length; i++) {
            double p = 1 / (1 + Math.exp(-bias[i]));
            assertThat(p).isCloseTo(Math.max(0.001, Math.min(0.999, mean[i])), within(1e-6));
        }
    }

    @Test
    void aGaussianStartsAtTheMeanImageItself() {
        Recipe gaussian = Recipes.find("iwae-1", List.of("data.pixels=gray", "model.likelihood=gaussian"));

        assertThat(outputBias(gaussian))
                .containsExactly(Small.data().train().values().mean());
    }

    @Test
    void theOutputStartsAtZeroOtherwise() {
        Recipe plain = Recipes.find("iwae-1", List.of("model.network.outputBias=as-initialized"));

        assertThat(outputBias(plain)).containsOnly(0);
    }

    private static float[] outputBias(Recipe recipe) {
        try (TrainingSession session = Small.session(recipe, 0)) {
            return ModelState.of(session.model().model()).stream()
                    .filter(parameter -> parameter.name().matches("decoder\\.likelihood\\.(logits|loc)\\.bias"))
                    .findFirst()
                    .orElseThrow()
                    .array()
                    .toFloatArray();
        }
    }
}
