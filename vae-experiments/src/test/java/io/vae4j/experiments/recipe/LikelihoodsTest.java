package io.vae4j.experiments.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Family;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikelihoodsTest {

    private static final DataSummary COLORS = new DataSummary(new Shape(3, 8, 8), Support.BYTE_LEVELS, List.of());
    private static final DataSummary GRAY = new DataSummary(new Shape(1, 8, 8), Support.BYTE_LEVELS, List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discretized-logistic         | dynamic-binarization | data.values=as-stored",
                "discretized-logistic-mixture | dequantization       | data.values=as-stored",
                "categorical                  | static-binarization  | data.values=as-stored",
                "bernoulli                    | as-stored            | discretized-logistic-mixture",
                "bernoulli                    | dequantization       | continuous-bernoulli",
            })
    void aLikelihoodOfOtherValuesIsRefusedWithWhatFits(String likelihood, String values, String remedy) {
        assertThatThrownBy(() -> recipe(likelihood, values))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the likelihood is defined for values in")
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discretized-logistic | UNIT_INTERVAL | store bytes",
                "categorical          | REAL          | model.likelihood=gaussian",
                "continuous-bernoulli | REAL          | scale the data to [0, 1]",
            })
    void dataThatAreReadAndDoNotFitAreRefusedWithWhatFits(String likelihood, Support stored, String remedy) {
        DataSummary summary = new DataSummary(new Shape(4), stored, List.of());

        assertThat(recipe(likelihood, "as-stored").incompatibility(summary).orElseThrow())
                .contains(remedy);
    }

    @Test
    void onlyColorsDependOnEachOther() {
        Recipe colors = recipe("{kind: discretized-logistic-mixture, channels: autoregressive}", "as-stored");

        assertThat(colors.incompatibility(COLORS)).isEmpty();
        assertThat(colors.incompatibility(GRAY).orElseThrow()).contains("model.likelihood.channels=independent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discretized-logistic         | as-stored      | 0",
                "discretized-logistic-mixture | as-stored      | 0",
                "categorical                  | as-stored      | 0",
                "bernoulli                    | static-binarization | 0",
                "laplace                      | as-stored      | 7.99435343685886",
                "continuous-bernoulli         | as-stored      | 7.99435343685886",
                "gaussian                     | dequantization | 8",
                "continuous-bernoulli         | dequantization | 8",
            })
    void probabilitiesNeedNothingToBeBitsAndDensitiesTheLevelsOfAUnit(String likelihood, String values, double bits) {
        assertThat(recipe(likelihood, values).bitsOffset(Support.BYTE_LEVELS).orElseThrow())
                .isCloseTo(bits, within(1e-12));
    }

    @Test
    void aDensityOfDequantizedBytesSaysSo() {
        assertThat(recipe("gaussian", "dequantization").likelihoodTitle())
                .isEqualTo("Gaussian log-density of dequantized bytes");
        assertThat(recipe("gaussian", "as-stored").likelihoodTitle()).isEqualTo("Gaussian log-density");
    }

    /** A likelihood's biases start where its mean is the mean image, as far as its components can say it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bernoulli",
                "gaussian",
                "{kind: gaussian, scale: predicted, sigma: 0.1}",
                "{kind: laplace, scale: predicted, sigma: 0.1}",
                "continuous-bernoulli",
                "{kind: discretized-logistic, scale: predicted, sigma: 0.05}",
                "{kind: discretized-logistic-mixture, components: 20}",
                "{kind: discretized-logistic-mixture, components: 20, channels: autoregressive}",
                "categorical"
            })
    void anUntrainedDecoderThatStartsAtTheMeanImageHasItAsItsMean(String likelihood) {
        float[] mean = {0.5f, 0.45f, 0.4f, 0.5f, 0.55f, 0.6f};
        LikelihoodSpec spec = recipe(likelihood, likelihood.equals("bernoulli") ? "static-binarization" : "as-stored")
                .model()
                .likelihood();
        Head head = new Head.Dense(Initialization.FAINT_NORMAL).startingAt(spec.parameterOf(mean));
        Family<?> family = spec.family(new Shape(6), head);
        Decoder decoder = new NetworkDecoder(new Mlp(List.of(4), Activation.TANH, Initialization.FAINT_NORMAL), family);
        try (NDManager manager = NDManager.newBaseManager()) {
            decoder.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            NDList z = new NDList(manager.zeros(new Shape(1, 2), DataType.FLOAT32));
            NDArray reached = decoder.forward(new ParameterStore(manager, false), z, false)
                    .head();

            assertThat(reached.toFloatArray()).containsExactly(mean, within(0.03f));
        }
    }

    private static Recipe recipe(String likelihood, String values) {
        return Recipes.find("vae", List.of("model.likelihood=" + likelihood, "data.values=" + values));
    }
}
