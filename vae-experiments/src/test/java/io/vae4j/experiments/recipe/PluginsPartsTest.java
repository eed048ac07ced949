package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.ContinuousBernoulli;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.plugin.BuiltPlugin;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plugin's parts do with the helpers that this package gives them, on examples/own-parts. */
final class PluginsPartsTest {

    private static final ClassLoader BEFORE = Thread.currentThread().getContextClassLoader();

    @TempDir
    private static Path folder;

    private static URLClassLoader plugin;

    @BeforeAll
    static void load() throws Exception {
        plugin = new URLClassLoader(
                new URL[] {BuiltPlugin.ownParts(folder).toUri().toURL()}, BEFORE);
        Thread.currentThread().setContextClassLoader(plugin);
    }

    @AfterAll
    static void unload() throws Exception {
        Thread.currentThread().setContextClassLoader(BEFORE);
        plugin.close();
    }

    @Test
    void aContinuousBernoulliStartsWhereItsMeanIsTheMeanImage() {
        float[] mean = {0, 0.02f, 0.3f, 0.5f, 0.5001f, 0.9f, 1};
        float[] logits = recipe().model().likelihood().parameterOf(mean);

        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            float[] reached = new ContinuousBernoulli(manager.create(logits, new Shape(1, 1, mean.length)), 1)
                    .mean()
                    .toFloatArray();
            for (int i = 0; i < mean.length; i++) {
                assertThat(reached[i]).isCloseTo(Math.max(0.01f, Math.min(0.99f, mean[i])), within(1e-4f));
            }
        }
    }

    @Test
    void aPluginsNetworkTakesItsOutputBias() {
        DataSummary data = new DataSummary(new Shape(1, 1, 2), Support.UNIT_INTERVAL, List.of());
        AtomicInteger asked = new AtomicInteger();
        ModelContext context = new ModelContext(data, () -> new float[] {0.2f, asked.incrementAndGet()});

        assertThat(recipe().model().assemble(context).event()).isEqualTo(new Shape(2));
        assertThat(asked).as("questions for the mean image").hasValue(0);
        recipe("model.network.outputBias=mean-image").model().assemble(context);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "objective={kind: renyi, alpha: 1, samples: 2} | objective.alpha is 1.0 (--set objective={kind: renyi, alpha: 1, samples: 2}); give a number from 0",
                "objective={kind: renyi, samples: 0}           | objective.samples is 0 (--set objective={kind: renyi, samples: 0}); give a whole number",
                "model.network.width=0                         | model.network.width is 0",
            })
    void aPluginsKeysAreRefusedByTheirNames(String override, String reason) {
        assertThatThrownBy(() -> recipe(override))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(reason);
    }

    private static Recipe recipe(String... overrides) {
        return Recipes.find(
                Path.of("..", "examples", "own-parts", "my-vae.yaml").toString(), List.of(overrides));
    }
}
