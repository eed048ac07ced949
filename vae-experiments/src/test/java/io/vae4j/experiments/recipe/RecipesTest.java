package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.core.objective.Elbo;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RecipesTest {

    static final List<String> NAMES = Recipes.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void aRecipeIsTheSameAfterItWasWrittenAndRead(String name) {
        Recipe recipe = Recipes.find(name, List.of());

        assertThat(Recipes.parse(Recipes.write(recipe), "test", List.of())).isEqualTo(recipe);
    }

    @Test
    void slidesIsTheRunOfTheSlides() {
        Recipe slides = Recipes.find(Recipes.DEFAULT, List.of());

        assertThat(((VaeSpec) slides.model()).title(784)).isEqualTo("VAE 784-400-20-400-784");
        assertThat(slides.optimiser().learningRate(469).at(1000)).isEqualTo(1e-3);
        assertThat(slides.train().batch()).isEqualTo(128);
        assertThat(slides.train().epochs()).isEqualTo(10);
        assertThat(slides.train().figureEpochs()).containsExactly(1, 5, 10);
        assertThat(slides.objective().objective()).isEqualTo(new Elbo());
    }

    @Test
    void overridesReachAnyKey() {
        Recipe recipe = Recipes.find(
                "vae", List.of("model.latent=7", "model.hidden=[5, 6]", "objective.beta=4", "train.batch=3"));

        assertThat(((VaeSpec) recipe.model()).title(9)).isEqualTo("VAE 9-5-6-7-6-5-9");
        assertThat(recipe.objective().objective()).isEqualTo(new Elbo(4, 1));
        assertThat(recipe.train().batch()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "model.latnet=10               | unknown key 'latnet'      | 'latent'",
                "modle.latent=10               | unknown key 'modle'       | 'model'",
                "objective.kind=elbow          | unknown kind 'elbow'      | elbo",
                "model.latent=ten              | a value of another type (vae, model.latent) | a whole number",
                "model.latent=0                | model.latent is 0         | 1 or more",
                "optimiser.learningRate=-1     | learningRate is -1        | positive",
                "model.activation=sigmoyd      | 'sigmoyd' does not fit    | relu",
                "data.pixels=grey              | defined for values in BINARY | grey-cross-entropy",
                "latent                        | is not key=value          | --set model.latent=10",
                "train.epochs=1.5              | '1.5' does not fit   | a whole number",
            })
    void aWrongOverrideIsRefusedWithTheRemedy(String override, String what, String remedy) {
        assertThatThrownBy(() -> Recipes.find("vae", List.of(override)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(what)
                .hasMessageContaining(remedy)
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aMissingKeyAndADoubledKeyAreNamed() {
        String slides = Recipes.write(Recipes.find("slides", List.of()));

        assertThatThrownBy(() -> Recipes.parse(slides.replaceFirst("  latent: 20\n", ""), "mine.yaml", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("latent")
                .hasMessageContaining("mine.yaml");
        assertThatThrownBy(() -> Recipes.parse(slides + "train: {}\n", "mine.yaml", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("train");
        assertThatThrownBy(() -> Recipes.parse("a: [", "mine.yaml", List.of())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> Recipes.parse("", "mine.yaml", List.of())).isInstanceOf(InvalidInput.class);
    }

    @Test
    void anUnknownRecipeIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> Recipes.find("slide", List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("'slides'");
    }

    @Test
    void aFileIsARecipe(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("my own.yaml");
        Files.writeString(file, Recipes.write(Recipes.find("vae", List.of("model.latent=3"))));

        assertThat(((VaeSpec) Recipes.find(file.toString(), List.of()).model()).latent())
                .isEqualTo(3);
        assertThat(Recipes.nameOf(file.toString())).isEqualTo("my-own");
    }
}
