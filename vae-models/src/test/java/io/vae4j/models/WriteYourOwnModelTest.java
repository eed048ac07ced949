package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.LatentModel;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/write-your-own-model.md keep the contract of all models. */
class WriteYourOwnModelTest extends ModelContract {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    private static GuideExamples examples;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        examples = GuideExamples.compiled(folder);
    }

    @AfterAll
    static void closeLoader() throws IOException {
        examples.close();
    }

    static Stream<Build> builds() {
        return Stream.of(
                        ConformingModel.model("Laplace posterior", () -> Models.with(examples.laplacePosterior(3))),
                        ConformingModel.model("Laplace prior", () -> Models.with(examples.laplacePrior(3))),
                        ConformingModel.model(
                                "continuous Bernoulli", () -> Models.over(examples.continuousBernoulli(Models.PIXELS))),
                        ConformingModel.model("denoising", () -> examples.denoising(decoder(), 3)))
                .flatMap(ConformingModel::builds);
    }

    @Test
    void eachPartIsCompleteInLessThanFortyLines() {
        assertThat(examples.sources())
                .containsOnlyKeys(
                        "LaplacePosterior",
                        "LaplacePrior",
                        "ContinuousBernoulliPixels",
                        "Logistic",
                        "DenoisingVae",
                        "Training");
        examples.sources().forEach((name, source) -> {
            assertThat(source.lines()).as(name).hasSizeLessThan(40);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void theGuidesLoopTrains(Build build) {
        if (build.conditionWidth() == 0) {
            NDArray x = bits(32, DataType.FLOAT32);
            double untrained = trained(build, x, 1);
            double trained = trained(build, x, 400);

            assertThat(trained).isLessThan(untrained - 0.3);
        }
    }

    private double trained(Build build, NDArray x, int steps) {
        LatentModel model = build.entry().make().get();
        return examples.train(model, manager, x, steps, 16);
    }

    private static Decoder decoder() {
        Encoder network = new Mlp(List.of(8), Activation.TANH, START);
        return new NetworkDecoder(network, new BernoulliPixels(new Shape(Models.PIXELS), START));
    }
}
