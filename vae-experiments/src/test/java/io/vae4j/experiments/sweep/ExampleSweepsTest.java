package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sweeps of examples/sweeps: each of their settings is a recipe. None is trained here. */
class ExampleSweepsTest {

    private static final Path FOLDER = Path.of("../examples/sweeps");

    /** Of a space without an end. */
    private static final long DRAWS = 100;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereIsOneForNewcomersOneOfHalvingAndOneOfAPaper() throws IOException {
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .containsExactly("asha.yaml", "burda-2016.yaml", "latent-and-rate.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachSettingIsARecipe(Path file) {
        SweepPlan plan = plan(file);
        List<Map<String, JsonNode>> settings = settings(plan.spec().space());

        assertThat(settings).isNotEmpty();
        assertThat(settings)
                .allSatisfy(values -> assertThat(plan.recipe(values)).isNotNull());
        assertThat(plan.spec().description()).isNotEmpty();
    }

    private static List<Map<String, JsonNode>> settings(Space space) {
        boolean isFinite = space.size().isPresent();
        return LongStream.range(0, space.size().orElse(DRAWS))
                .mapToObj(index -> isFinite ? space.point(index) : space.drawn(0, index))
                .toList();
    }

    @Test
    void thePapersTableHasTwoModelsByFiveObjectivesAndGoesThroughAllItsLearningRates() {
        SweepPlan plan = plan(FOLDER.resolve("burda-2016.yaml"));
        List<Recipe> recipes =
                settings(plan.spec().space()).stream().map(plan::recipe).toList();

        assertThat(recipes).hasSize(10).doesNotHaveDuplicates();
        assertThat(recipes).allSatisfy(recipe -> {
            Schedule<Double> rate = recipe.optimizer().learningRate(1);
            List<Double> rates = IntStream.range(0, 40).mapToObj(rate::at).toList();

            assertThat(rates.stream().distinct()).hasSize(8);
            assertThat(rates.get(0)).isEqualTo(1e-3);
            assertThat(rates.get(39)).isCloseTo(1e-4, within(1e-10));
        });
    }

    private static SweepPlan plan(Path file) {
        return SweepPlan.of(SweepFile.read(file), SweepFile.read(file).recipe(), file.toString(), recipe -> recipe);
    }
}
