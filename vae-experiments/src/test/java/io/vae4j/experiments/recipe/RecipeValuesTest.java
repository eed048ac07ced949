package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ValueNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecipeValuesTest {

    static final List<String> NAMES = Recipes.NAMES;

    /** What is set to the value that it has changes nothing: so the keys are those of {@code --set}. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void everyKeyOfARecipeCanBeSetToItsValue(String name) {
        Recipe recipe = Recipes.find(name, List.of());
        Map<String, ValueNode> values = RecipeValues.asWritten(Recipes.write(recipe));

        List<String> overrides = values.entrySet().stream()
                .filter(value -> !value.getKey().contains("["))
                .map(value -> value.getKey() + "=" + value.getValue().asText())
                .toList();

        assertThat(overrides).hasSizeGreaterThan(10);
        assertThat(Recipes.find(name, overrides)).isEqualTo(recipe);
    }

    @Test
    void aShortRecipeHasTheValuesOfTheWholeOne() {
        String whole = Recipes.write(Recipes.find("vae", List.of()));

        assertThat(RecipeValues.of("extends: vae", "short")).hasValue(RecipeValues.asWritten(whole));
        assertThat(RecipeValues.of(whole, "whole")).hasValue(RecipeValues.asWritten(whole));
    }

    @Test
    void partsOfAListAreNumbered() {
        Map<String, ValueNode> values = RecipeValues.asWritten(Recipes.write(Recipes.find("deep-vae", List.of())));

        assertThat(values.get("model.layers[1].latent")).hasToString("16");
        assertThat(values.get("model.layers[2].hidden")).hasToString("\"[500]\"");
    }

    @Test
    void aTextThatIsNoMappingHasNone() {
        assertThat(RecipeValues.of("- a", "list")).isEmpty();
        assertThat(RecipeValues.of("a: [", "cut")).isEmpty();
        assertThat(RecipeValues.asWritten("a: [")).isEmpty();
    }
}
