package io.vae4j.experiments.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Recipes;
import java.util.List;
import java.util.Objects;

/** Data sets that are generated, as recipes ask for them. */
final class Generated {

    private Generated() {}

    /** @param keys of the set, such as {@code kind: toy, shape: ring} */
    static Dataset by(String recipe, String keys) {
        return Recipes.find(recipe, List.of("data.set={" + keys + "}"))
                .data()
                .set()
                .load(DataAccess.standard());
    }

    static void assertRefusedInOneLine(String recipe, String override, String what, String remedy) {
        assertThatThrownBy(() -> Recipes.find(recipe, List.of(override)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(what)
                .hasMessageContaining(remedy)
                .satisfies(fault ->
                        assertThat(Objects.requireNonNull(fault.getMessage())).doesNotContain("\n"));
    }
}
