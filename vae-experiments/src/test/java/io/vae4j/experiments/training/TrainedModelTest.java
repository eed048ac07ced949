package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.model.Normalization;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.ValueTransform;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run gives back, and runs of models that were made in Java. */
class TrainedModelTest {

    private static final int SIZE = Small.SIDE * Small.SIDE;

    @TempDir
    private Path home;

    @Test
    void aRunGivesItsModelBackFromItsFolderAlone() throws Exception {
        Path run = home.resolve("run");
        float[] expected;
        try (TrainingSession session = Small.session(Small.recipe("slides", 2), 0)) {
            session.run(run);
            expected = reconstructed(session.model());
        }
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(run), Device.cpu())) {
            assertThat(model.epoch()).isEqualTo(2);
            assertThat(reconstructed(model)).isEqualTo(expected);
            assertThat(model.view().summary().event()).isEqualTo(new Shape(1, Small.SIDE, Small.SIDE));
        }
    }

    @Test
    void itEncodesSamplesAndScores() throws Exception {
        Path run = trained("vae");
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(run), Device.cpu());
                NDManager manager = model.newManager()) {
            NDArray x = manager.zeros(new Shape(3, SIZE));
            NDArray score = model.score(x, Condition.none(), 2000, 0);
            NDArray elbo = model.score(x, Condition.none(), 1, 0);

            assertThat(model.encode(x, Condition.none()).getShape()).isEqualTo(new Shape(3, 2));
            assertThat(model.sample(manager, 5, Condition.none(), 0).getShape()).isEqualTo(new Shape(5, 1, SIZE));
            assertThat(model.sample(manager, 5, Condition.none(), 0).toFloatArray())
                    .isEqualTo(model.sample(manager, 5, Condition.none(), 0).toFloatArray())
                    .isNotEqualTo(model.sample(manager, 5, Condition.none(), 1).toFloatArray());
            assertThat(score.getShape()).isEqualTo(new Shape(3));
            // alike examples have alike bounds, of more samples the larger one
            assertThat(score.getFloat(0)).isCloseTo(score.getFloat(1), within(1f));
            assertThat(score.mean().getFloat()).isGreaterThan(elbo.mean().getFloat() - 1);
        }
    }

    @Test
    void aModelWithAConditionTakesItsOneHotVectors() throws Exception {
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(trained("cvae-prior")), Device.cpu());
                NDManager manager = model.newManager()) {
            Condition classes = Condition.given(manager.eye(10));

            assertThat(model.view().conditionClasses()).hasValue(10);
            assertThat(model.sample(manager, 2, classes, 0).getShape()).isEqualTo(new Shape(2, 10, SIZE));
        }
    }

    @Test
    void djlsPredictorsGiveTheSameAnswers() throws Exception {
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(trained("vae")), Device.cpu());
                NDManager manager = model.newManager();
                Predictor<NDList, NDList> encoder = model.encoder();
                Predictor<NDList, NDList> reconstructor = model.reconstructor();
                Predictor<NDList, NDList> scorer = model.scorer(250, 3);
                Predictor<NDList, NDList> sampler = model.sampler(4, 5)) {
            NDArray x = manager.ones(new Shape(2, SIZE));

            assertThat(scorer.predict(new NDList(x)).head().toFloatArray())
                    .isEqualTo(model.score(x, Condition.none(), 250, 3).toFloatArray());
            assertThat(sampler.predict(new NDList()).head().toFloatArray())
                    .isEqualTo(model.sample(manager, 4, Condition.none(), 5).toFloatArray());

            assertThat(encoder.predict(new NDList(x)).head().toFloatArray())
                    .isEqualTo(model.encode(x, Condition.none()).toFloatArray());
            assertThat(reconstructor.predict(new NDList(x)).head().toFloatArray())
                    .isEqualTo(model.reconstruct(x, Condition.none()).toFloatArray());
        }
    }

    @Test
    void whatAQuestionMakesOnTheWayIsFreed() throws Exception {
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(trained("vae")), Device.cpu());
                NDManager manager = model.newManager()) {
            NDArray x = manager.ones(new Shape(2, SIZE));
            int before = manager.getManagedArrays().size();
            model.encode(x, Condition.none()).close();
            model.reconstruct(x, Condition.none()).close();
            model.score(x, Condition.none(), 250, 0).close();
            model.sample(manager, 3, Condition.none(), 0).close();

            assertThat(manager.getManagedArrays()).hasSize(before).contains(x);
        }
    }

    @Test
    void aScoreByManySamplesIsTheBoundOfAllPortions() throws Exception {
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(trained("vae")), Device.cpu());
                NDManager manager = model.newManager()) {
            NDArray x = manager.ones(new Shape(1, SIZE));
            double mean = 0;
            for (int seed = 0; seed < 300; seed++) {
                mean += Math.exp(model.score(x, Condition.none(), 150, seed).getFloat(0)) / 300;
            }
            double many =
                    Math.exp(model.score(x, Condition.none(), 45_000, 1000).getFloat(0));

            assertThat(mean / many).isCloseTo(1, within(0.1));
        }
    }

    @Test
    void aDamagedOptimizerDoesNotKeepTheModelBack() throws Exception {
        Path run = trained("vae");
        Files.write(run.resolve("checkpoints/epoch-0001/optimizer.safetensors"), new byte[] {1, 2, 3});

        TrainedModel.load(RunFolder.reading(run), Device.cpu()).close();
    }

    @Test
    void aRunOfAModelMadeInJavaIsLikeAnyOtherAndGoesOnBitForBit() throws Exception {
        Path whole = home.resolve("whole");
        Path parts = home.resolve("parts");
        try (TrainingSession session = javaSession(3)) {
            session.run(whole);
        }
        try (TrainingSession session = javaSession(1)) {
            session.run(parts);
        }
        try (TrainingSession session = javaSession(3)) {
            session.resume(parts);
        }
        String weights = "checkpoints/epoch-0003/model.safetensors";

        assertThat(parts.resolve(weights)).hasSameBinaryContentAs(whole.resolve(weights));
        assertThat(whole.resolve("report.html"))
                .content()
                .contains("A program in Java trained the model my model", "Bernoulli log-likelihood");
        assertThat(whole.resolve("images/samples-epoch-0003.png")).exists();
        assertThat(whole).isDirectoryContaining("glob:**/events.out.tfevents.*");
        assertThat(Files.readAllLines(whole.resolve("metrics.jsonl")))
                .hasSize(6)
                .allMatch(line -> line.contains("\"bound\""));
    }

    @Test
    void aModelMadeInJavaComesBackByTheCodeThatMadeIt() throws Exception {
        Path run = home.resolve("java");
        float[] expected;
        DataView view;
        try (TrainingSession session = javaSession(1)) {
            session.run(run);
            expected = reconstructed(session.model());
            view = session.model().view();
        }

        assertThatThrownBy(() -> TrainedModel.load(RunFolder.reading(run), Device.cpu()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("made in Java");
        try (TrainedModel model = TrainedModel.load(RunFolder.reading(run), vae(), view, Device.cpu())) {
            assertThat(reconstructed(model)).isEqualTo(expected);
            assertThat(model.card().title()).isEqualTo("my model");
        }
    }

    @Test
    void aFolderOfALaterFormatIsRefusedByName() throws IOException {
        Path run = trained("vae");
        Path manifest = run.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"format\" : 2", "\"format\" : 3")
                        .replace("0.1.0", "0.9.0"));

        assertThatThrownBy(() -> TrainedModel.load(RunFolder.reading(run), Device.cpu()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("format 3")
                .hasMessageContaining("vae4j 0.9.0");
    }

    private Path trained(String recipe) throws IOException {
        try (TrainingSession session = Small.session(Small.recipe(recipe, 1), 0)) {
            session.run(home.resolve(recipe));
        }
        return home.resolve(recipe);
    }

    private static TrainingSession javaSession(int epochs) {
        Dataset data = Small.data();
        ModelCard card = new ModelCard(
                "my model",
                "Bernoulli log-likelihood",
                Normalization.PROBABILITY,
                Density.ANYWHERE,
                OptionalDouble.of(0),
                Optional.empty());
        return TrainingSession.of(vae(), data)
                .objective(step -> step < 3 ? new Elbo() : new Iwae(5))
                .event(new Shape(data.summary().dimensions()))
                .values(ValueTransform.DYNAMIC_BINARIZATION)
                .describedBy(card)
                .epochs(epochs)
                .batch(50)
                .seed(4)
                .build();
    }

    private static Vae vae() {
        Initialization start = Initialization.FAN_IN_UNIFORM;
        return new Vae(
                new Mlp(List.of(8), Activation.TANH, start),
                new Gaussian(2, start),
                new NetworkDecoder(
                        new Mlp(List.of(8), Activation.TANH, start), new BernoulliPixels(new Shape(SIZE), start)),
                new StandardNormalPrior(2));
    }

    private static float[] reconstructed(TrainedModel model) {
        try (NDManager manager = model.newManager()) {
            NDArray like = manager.zeros(new Shape(1), DataType.FLOAT32);
            NDArray x = Noise.seeded(1, 0, 0).uniform(new Shape(4, SIZE), like);
            return model.reconstruct(x, Condition.none()).toFloatArray();
        }
    }
}
