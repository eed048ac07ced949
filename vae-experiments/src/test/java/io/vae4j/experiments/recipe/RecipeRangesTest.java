package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no serious use has, and YAML that names types. */
class RecipeRangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optimizer.learningRate=1e6                        | (0, 1]",
                "optimizer.epsilon=1e30                            | (0, 1]",
                "optimizer.clipNorm=1e30                           | (0, 1e9]",
                "objective.beta=1e30                               | [0, 1e4]",
                "objective.beta=1e300                              | [0, 1e4]",
                "objective.samples=2000000000                      | [1, 1e5]",
                "objective.warmUp=2000000000                       | [0, 1e6]",
                "train.batch=2000000000                            | [1, 1e6]",
                "train.epochs=2000000000                           | [1, 1e6]",
                "train.checkpointMinutes=1e30                      | [0, 1e5]",
                "train.figureEpochs=[1, 2000000000]                | [1, 1e6]",
                "train.earlyStopping.minDelta=1e30                 | [0, 1e6]",
                "optimizer={kind: adamw, weightDecay: 1e30}        | [0, 10]",
                "optimizer.schedule={kind: cosine, epochs: 2000000000} | [1, 1e6]",
                "objective={kind: free-bits, lambda: 1e30}         | [0, 1e4]",
            })
    void whatNoSeriousUseExceedsIsRefusedByTheKeyAndItsRange(String override, String range) {
        String key = override.substring(0, override.indexOf('='));

        assertThatThrownBy(() -> Recipes.find("vae", List.of(override)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(key)
                .hasMessageContaining("give a number in " + range);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.learningRate=1",
                "optimizer.epsilon=1",
                "objective.beta=10000",
                "objective.beta=0",
                "train.batch=1000000",
                "model.latent=1000000000"
            })
    void theEndsBelongToTheRangeAndSizesAreBoundedByMemoryAlone(String override) {
        assertThat(Recipes.find("vae", List.of(override))).isNotNull();
    }

    /** Earlier versions trained so: what came of it can be looked at, and is not trained further. */
    @Test
    void aRunThatWasTrainedOutsideOfTodaysRangesCanBeLookedAt(@TempDir Path folder) throws Exception {
        String written = Recipes.write(Recipes.find("beta-vae", List.of("objective.beta=4")));
        Path file = Files.writeString(folder.resolve("recipe.yaml"), written.replace("beta: 4.0", "beta: 20000.0"));
        Recipe recipe = Recipes.ofRun(file);

        assertThat(Recipes.write(recipe)).contains("beta: 20000.0");
        assertThatThrownBy(() -> Recipes.requireTrainable(recipe, file.toString()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("objective.beta is 20000.0")
                .hasMessageContaining("give a number in [0, 1e4]");
    }

    @Test
    void theRangesAreShownWithTheKeys() {
        assertThat(RecipeKeys.lines())
                .anyMatch(line -> line.strip().equals("learningRate: a number in (0, 1]; default 1.0e-3"))
                .anyMatch(line -> line.strip().startsWith("milestones: a list, such as [1, 4, 13], each in [1, 1e6]"));
    }

    @Test
    void everyRangeIsAnInterval() {
        Interval open = new Interval("(0, 1]", 0, 1);

        assertThat(List.of(open.contains(0), open.contains(1e-300), open.contains(1), open.contains(1.1)))
                .containsExactly(false, true, true, false);
        assertThat(open.contains(Double.NaN)).isFalse();
    }

    @Test
    void aTagIsRefusedOnTheCommandLineToo() {
        assertThatThrownBy(() -> Recipes.find("vae", List.of("model=!!java.util.HashMap {}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("tag:yaml.org,2002:java.util.HashMap")
                .hasMessageContaining("--set model=!!java.util.HashMap {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!java.util.HashMap {}", "!!java.net.URL [x]", "!own {kind: vae}"})
    void aTagThatNamesATypeIsRefusedWithItsLine(String model, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("own.yaml"), "extends: vae\nmodel: " + model + "\n");

        assertThatThrownBy(() -> Recipes.find(file.toString(), List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has the YAML tag")
                .hasMessageContaining("own.yaml, line 2");
    }

    @Test
    void aSecondDocumentIsRefusedWithItsLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("two.yaml"), "extends: vae\n---\nextends: iwae\n");

        assertThatThrownBy(() -> Recipes.find(file.toString(), List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a second document begins")
                .hasMessageContaining("line 3");
    }

    @Test
    void theTagsOfYamlItselfAreNone(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("own.yaml"), "extends: vae\nmodel:\n  latent: !!int 3\ndescription: !!str mine\n");

        assertThat(Recipes.find(file.toString(), List.of()).description()).isEqualTo("mine");
    }
}
