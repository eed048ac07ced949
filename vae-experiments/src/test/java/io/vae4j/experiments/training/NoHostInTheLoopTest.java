package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** On a GPU each copy between host and device has one of them wait: none is made for a step. */
class NoHostInTheLoopTest {

    static final List<String> NAMES = Recipes.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void moreStepsCopyNoMore(String name) {
        assertThat(copies(name, 96, List.of())).isEqualTo(copies(name, 32, List.of()));
    }

    /** The learning rate is an array of the host's, which torch reads when it starts the kernel. */
    @Test
    void anEagerStepCopiesTheLearningRate() {
        List<String> more = new ArrayList<>(copies("vae", 96, List.of("train.step=eager")));
        copies("vae", 32, List.of("train.step=eager")).forEach(more::remove);

        assertThat(more).hasSize(4).allMatch(where -> where.endsWith("FusedAdam.onHost"));
    }

    /** The weights' average is kept on the device. */
    @Test
    void anAverageOfTheWeightsCopiesNothing() {
        List<String> average = List.of("train.averageWeights=0.9");

        assertThat(copies("vae", 96, average)).isEqualTo(copies("vae", 32, average));
    }

    /** Where copies are made in the third epoch, of batches of 16. */
    private static List<String> copies(String name, int examples, List<String> more) {
        List<String> overrides = new ArrayList<>(List.of("train.batch=16"));
        overrides.addAll(EveryRecipeTest.SMALLER.getOrDefault(name, List.of()));
        overrides.addAll(more);
        Recipe recipe = Recipes.find(name, overrides);
        try (TrainingSession session = Small.session(recipe, Small.squares(examples, 20), 0)) {
            // until then there is a program for all that changes
            session.loop().train(1);
            session.loop().train(2);
            return HostTraffic.of(() -> session.loop().train(3));
        }
    }
}
