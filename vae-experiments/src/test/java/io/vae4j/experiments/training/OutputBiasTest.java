package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputBiasTest {

    @ParameterizedTest
    @ValueSource(strings = {"iwae-1", "iwae-2layer"})
    void theOutputStartsAtTheMeanImage(String name) {
        float[] mean = Small.data().train().mean();

        float[] bias = outputBias(Recipes.find(name, List.of()));

        assertThat(bias).hasSameSizeAs(mean);
        for (int i = 0; i < mean.length; i++) {
            double p = 1 / (1 + Math.exp(-bias[i]));
            assertThat(p).isCloseTo(Math.max(0.001, Math.min(0.999, mean[i])), within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.network.outputBias=as-initialised"})
    void theOutputStartsAtNoughtOtherwise(String override) {
        assertThat(outputBias(Recipes.find("iwae-1", List.of(override)))).containsOnly(0);
    }

    private static float[] outputBias(Recipe recipe) {
        try (Experiment experiment = Small.experiment(recipe, 0)) {
            return ModelState.of(experiment.model()).stream()
                    .filter(parameter -> parameter.name().equals("decoder.likelihood.logits.bias"))
                    .findFirst()
                    .orElseThrow()
                    .array()
                    .toFloatArray();
        }
    }
}
