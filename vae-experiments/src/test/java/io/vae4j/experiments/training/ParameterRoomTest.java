package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.model.LatentModel;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.Vae;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that do not fit into memory. */
class ParameterRoomTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final Shape INPUT = new Shape(1, 1, 2, 3);

    /** 6 to 4, twice 4 to 2, 2 to 4, 4 to 6, each with biases. */
    private static final long PARAMETERS = 28 + 2 * 10 + 12 + 30;

    @Test
    void aModelFitsIntoExactlyAsManyBytesAsItsParametersTake() {
        long trained = PARAMETERS * Float.BYTES * ParameterRoom.TRAINED;

        assertThat(initialized(trained, ParameterRoom.TRAINED)).isEqualTo(PARAMETERS);
        assertThatThrownBy(() -> initialized(trained - 1, ParameterRoom.TRAINED))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("takes at least 1.4 kB of memory to be trained")
                .hasMessageContaining("90 parameters");
        assertThat(initialized(PARAMETERS * Float.BYTES, ParameterRoom.WEIGHTS)).isEqualTo(PARAMETERS);
    }

    @Test
    void aModelThatDoesNotFitHasNoParametersAndCanBeInitializedElsewhere() {
        LatentModel model = model();
        try (NDManager owner = NDManager.newBaseManager(Device.cpu())) {
            assertThatThrownBy(() -> new ParameterRoom(200, ParameterRoom.WEIGHTS)
                            .initialize(model, owner, DataType.FLOAT32, INPUT))
                    .isInstanceOf(InvalidInput.class);
            assertThat(model.getParameters().values()).noneMatch(parameter -> parameter.isInitialized());

            new ParameterRoom(Long.MAX_VALUE, ParameterRoom.WEIGHTS).initialize(model, owner, DataType.FLOAT32, INPUT);
            assertThat(model.isInitialized()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.latent=1000000000", "model.latent=2147483647", "model.network.hidden=[2000000000]"})
    void moreThanAnyMachineHasIsRefusedBeforeItIsTried(String size) {
        var recipe = Small.recipe("vae", 1, size);

        assertThatThrownBy(() -> Small.session(recipe, 0).close())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("B of memory to be trained (weights, gradients, two moments)");
    }

    private static long initialized(long room, int copies) {
        try (NDManager owner = NDManager.newBaseManager(Device.cpu())) {
            LatentModel model = model();
            new ParameterRoom(room, copies).initialize(model, owner, DataType.FLOAT32, INPUT);
            return model.getParameters().values().stream()
                    .mapToLong(parameter -> parameter.getArray().size())
                    .sum();
        }
    }

    private static LatentModel model() {
        return new Vae(
                new Mlp(List.of(4), Activation.RELU, START),
                new Gaussian(2, START),
                new NetworkDecoder(
                        new Mlp(List.of(4), Activation.RELU, START), new BernoulliPixels(new Shape(1, 2, 3), START)),
                new StandardNormalPrior(2));
    }
}
