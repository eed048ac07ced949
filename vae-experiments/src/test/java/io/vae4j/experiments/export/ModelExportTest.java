package io.vae4j.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.training.Small;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for PyTorch, read by DJL's torch and, where there is a Python with torch, by that. */
class ModelExportTest {

    /** VAE4J_PYTHON names another one, such as that of a virtual environment. */
    private static final String PYTHON =
            Optional.ofNullable(System.getenv("VAE4J_PYTHON")).orElse("python3");

    @TempDir
    private Path folder;

    @Test
    void theDecoderIsTorchScriptThatComputesTheSame() throws Exception {
        export("vae");

        try (NDManager manager = NDManager.newBaseManager();
                Model decoder = Model.newInstance("decoder")) {
            NDList example = NDList.decode(manager, Files.readAllBytes(folder.resolve("example.npz")));
            decoder.load(folder, "decoder");
            try (Predictor<NDList, NDList> predictor = decoder.newPredictor(new NoopTranslator(null))) {
                float[] mean = predictor
                        .predict(new NDList(named(example, "z")))
                        .head()
                        .toFloatArray();
                float[] expected = named(example, "mean").toFloatArray();

                assertThat(mean).hasSize(16 * Small.SIDE * Small.SIDE);
                for (int i = 0; i < mean.length; i++) {
                    assertThat(mean[i]).isCloseTo(expected[i], within(1e-5f));
                }
            }
        }
    }

    private static NDArray named(NDList arrays, String name) {
        NDArray found = arrays.stream()
                .filter(array -> name.equals(array.getName()))
                .findFirst()
                .orElseThrow();
        found.setName(null);
        return found;
    }

    /** With and without a condition, for the code differs in each layer that reads it. */
    @Test
    void pythonReconstructsAsVae4jDoes() throws Exception {
        assumeThat(python("-c", "import torch, numpy"))
                .as("Skipped: %s has no torch and numpy; set VAE4J_PYTHON to one that has", PYTHON)
                .isZero();
        for (String recipe : List.of("vae", "cvae")) {
            export(recipe);

            assertPythonAgrees();
        }
        for (String likelihood : List.of(
                "gaussian",
                "laplace",
                "continuous-bernoulli",
                "discretized-logistic",
                "discretized-logistic-mixture",
                "categorical")) {
            export("vae", "data.values=as-stored", "model.likelihood=" + likelihood);

            assertPythonAgrees();
        }
    }

    private void assertPythonAgrees() throws IOException, InterruptedException {
        int exitCode = python("model.py");

        assertThat(exitCode).as(Files.readString(folder.resolve("python.log"))).isZero();
    }

    private int python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("python.log").toFile())
                    .start();
        } catch (IOException e) {
            return -1;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("python ended").isTrue();
        return process.exitValue();
    }

    @Test
    void thePythonFileSaysWhatTheModelIsGiven() throws Exception {
        export("cvae");

        assertThat(Files.readString(folder.resolve("model.py"), StandardCharsets.UTF_8))
                .contains("mean = vae.reconstruct(x, c)", "one-hot, of the classes 0, 1, 2", "class Vae(nn.Module):")
                .doesNotContain("${");
    }

    @Test
    void aPartThatCannotBeExportedIsNamed() throws Exception {
        try (TrainingSession session = session("vae-flow")) {
            assertThatThrownBy(() -> ModelExport.of(session.model(), "the run"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("its posterior (FlowPosterior) cannot be exported")
                    .hasMessageContaining("(the run)");
        }
    }

    @Test
    void anExportThatFailsLeavesTheEarlierOneAsItWas() throws Exception {
        export("vae");
        byte[] weights = Files.readAllBytes(folder.resolve("weights.safetensors"));
        Files.delete(folder.resolve("example.npz"));
        Files.createDirectories(folder.resolve("example.npz/of-a-user"));

        assertThatThrownBy(() -> export("cvae")).isInstanceOf(IOException.class);
        assertThat(folder.resolve("weights.safetensors")).hasBinaryContent(weights);
        assertThat(Files.readString(folder.resolve("model.py"))).doesNotContain("self, x, c");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    private void export(String recipe, String... overrides) throws IOException {
        try (TrainingSession session = session(recipe, overrides)) {
            TrainedModel model = session.model();
            ModelExport.of(model, recipe).write(folder, 0);
        }
    }

    private static TrainingSession session(String recipe, String... overrides) {
        return Small.session(Small.recipe(recipe, 1, overrides), 0);
    }
}
