package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.cli.VaeProcesses.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a run folder that others have changed or damaged. */
class ResumedRunTest {

    @TempDir
    private Path home;

    @Test
    void aChangedRecipeNeedsAWordAndADamagedCheckpointIsNamed() throws Exception {
        Result trained = vae(
                "train",
                "toy",
                "--epochs",
                "2",
                "--set",
                "data.set.train=200",
                "--set",
                "data.set.test=50",
                "--out",
                "run");
        Path recipe = home.resolve("run/recipe.yaml");
        Files.writeString(recipe, Files.readString(recipe).replace("keepCheckpoints: 2", "keepCheckpoints: 3"));
        Result refused = vae("train", "--resume", "run", "--epochs", "3");
        Result accepted = vae("train", "--resume", "run", "--epochs", "3", "--changed-recipe");
        Path weights = home.resolve("run/checkpoints/epoch-0003/model.safetensors");
        Files.write(weights, new byte[1], StandardOpenOption.APPEND);
        Result evaluated = vae("evaluate", "run", "--samples", "10", "--examples", "20");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("the recipe is not the one that the run wrote", "say --changed-recipe");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(accepted.err()).contains("the folder was changed: recipe.yaml is not as the run wrote it");
        assertThat(home.resolve("run/manifest.json")).content().contains("recipe.yaml is not as the run wrote it");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.err()).contains("taking an earlier checkpoint, since epoch-0003: model.safetensors");
    }

    private Result vae(String... arguments) throws Exception {
        return new VaeProcesses(home).run(List.of(arguments));
    }
}
