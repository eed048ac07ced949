package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.recipe.YamlRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFileTest {

    @TempDir
    private Path home;

    @Test
    void aListStandsForItsKindAndAllElseHasDefaults() {
        SweepSpec sweep = SweepFile.parse("recipe: vae\nvary: {model.latent: [2, 5]}", "a.yaml");

        assertThat(sweep.vary().get("model.latent")).isInstanceOf(Dimensions.Listed.class);
        assertThat(sweep.seeds()).containsExactly(0L);
        assertThat(sweep.search()).isEqualTo(new Searches.Grid());
        assertThat(sweep.goal().title()).isEqualTo("validation loss");
        assertThat(sweep.evaluate()).isEqualTo(new SweepSpec.Evaluated(1, 1000, 1000));
    }

    @Test
    void whatIsWrittenReadsAsTheSame() {
        SweepSpec sweep = SweepFile.parse("""
                description: all kinds
                recipe: vae
                set: {train.epochs: 8, objective: {kind: iwae, samples: 5}}
                vary:
                  model.latent: {kind: integer, from: 2, to: 50}
                  optimizer.learningRate: {kind: log-uniform, from: 0.0001, to: 0.01}
                  train.batch: [64, 128]
                  objective.samples: {kind: grid, from: 1, to: 9, count: 3}
                  train.averageWeights: {kind: uniform, from: 0.9, to: 0.999}
                seeds: [1, 2]
                search: {kind: asha, settings: 20}
                maximize: elbo
                """, "a.yaml");

        String written = YamlRecords.write(sweep);

        assertThat(SweepFile.parse(written, "b.yaml")).isEqualTo(sweep);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recipe: vae\\nsedes: [1]                          | unknown key 'sedes' (FILE",
                "recipe: vae\\nsedes: [1]                          | did you mean 'seeds'?",
                "vary: {model.latent: [1]}                         | a key is missing: recipe (FILE",
                "recipe: vae\\nvary: {model.latent: []}            | values is empty (FILE",
                "recipe: vae\\nvary: {model.latent: [2, 2]}        | values has one value twice (FILE",
                "recipe: vae\\nvary: {model.latent: {kind: integer, from: 5, to: 2}} | the range from 5.0 to 2.0 is empty (FILE",
                "recipe: vae\\nvary: {a: {kind: log-uniform, from: 0, to: 2}} | from is 0.0 (FILE",
                "recipe: vae\\nvary: {a: {kind: grid, from: 0, to: 2, count: 1}} | count is 1 (FILE",
                "recipe: vae\\nvary: {a: {kind: gird, from: 0, to: 2, count: 3}} | unknown kind 'gird' (FILE, vary.a",
                "recipe: vae\\nvary: {a: 5}                        | (FILE, vary.a",
                "recipe: vae\\nseeds: []                           | seeds is empty (FILE",
                "recipe: vae\\nseeds: [1, 1]                       | seeds has one twice (FILE",
                "recipe: vae\\nminimize: a\\nmaximize: b           | both minimize and maximize (FILE",
                "recipe: vae\\nsplit: test                         | split is test, and who chooses by the test examples",
                "recipe: vae\\nset: {a: 1}\\nvary: {a: [1]}        | both set and vary have a (FILE",
                "recipe: vae\\nsearch: {kind: random, settings: 0} | settings is 0 (FILE",
                "recipe: vae\\nsearch: {kind: random}              | a key is missing: settings (FILE, search",
                "recipe: vae\\nvalidation: 2                       | validation is 2 (FILE",
                "recipe: [vae                                      | this is no YAML",
                "''                                                | the file is empty or not a mapping (FILE"
            })
    void whatIsNoSweepIsToldInOneLineWithItsPlace(String yaml, String told) {
        assertThatThrownBy(() -> SweepFile.parse(yaml.replace("\\n", "\n"), "FILE"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recipe: vea                                              | there is no recipe 'vea'",
                "recipe: vae\\nset: {model.latnt: 2}                      | unknown key 'latnt' (FILE, set)",
                "recipe: vae\\nvary: {model.latnt: [2]}                   | unknown key 'latnt' (FILE, vary.model.latnt)",
                "recipe: vae\\nvary: {model.latent: [a, b]}               | does not fit (FILE, vary.model.latent)",
                "recipe: vae\\nminimize: los                              | there is no metric 'los' (FILE, minimize)",
                "recipe: vae\\nvary: {a: {kind: uniform, from: 0, to: 1}} | unknown key 'a' (FILE, vary.a)",
                "recipe: vae\\nvary: {model.latent: {kind: uniform, from: 0.1, to: 0.2}} | (FILE, vary.model.latent)",
                "recipe: vae\\nvary: {optimizer.learningRate: {kind: uniform, from: 0.1, to: 0.2}} | no end of values",
                "recipe: vae\\nset: {train.epochs: 1}\\nsearch: {kind: asha, settings: 5} | minEpochs is 1 of 1 epochs"
            })
    void whatDoesNotFitTheRecipeIsToldBeforeAnythingIsWritten(String yaml, String told) throws IOException {
        Path file = home.resolve("FILE");
        Files.writeString(file, yaml.replace("\\n", "\n"));
        Path folder = home.resolve("sweep");

        assertThatThrownBy(() -> Sweep.draft(file).in(folder, recipe -> recipe))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(told.replace("FILE", file.toString()))
                .hasMessageNotContaining("\n");
        assertThat(folder).doesNotExist();
    }

    @Test
    void aRecipeBesideTheFileIsFound() throws Exception {
        Files.writeString(home.resolve("mine.yaml"), "extends: vae\nmodel: {latent: 3}\n");
        Path file = home.resolve("sweep.yaml");
        Files.writeString(file, "recipe: mine.yaml\nvary: {train.batch: [10]}\n");

        try (Sweep sweep = Sweep.draft(file).in(home.resolve("out"), recipe -> recipe)) {
            assertThat(sweep.base().model()).hasFieldOrPropertyWithValue("latent", 3);
        }
        assertThat(List.of(home.resolve("out/base.yaml"), home.resolve("out/sweep.yaml")))
                .allMatch(Files::isRegularFile);
    }
}
