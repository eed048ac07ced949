package io.vae4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeafParametersTest extends EngineTest {

    private Parameter trained;
    private Parameter other;
    private NDManager batch;
    private LeafParameters leaves;

    @BeforeEach
    void makeLeavesOfOneOfTwoParameters() {
        trained = parameter("trained");
        other = parameter("other");
        batch = manager.newSubManager();
        leaves = new LeafParameters(List.of(trained.getArray()), new ParameterStore(manager, false), batch);
    }

    @Test
    void aPassSeesTheParametersMemoryUnderBothNames() {
        WithoutGradient.run(() -> trained.getArray().addi(manager.create(new float[] {2, 3})));

        assertThat(pass().value(trained).toFloatArray()).containsExactly(3, 4);
        assertThat(pass().value(other).toFloatArray()).containsExactly(1, 1);
        assertThat(leaves.arrays()).containsExactly(pass().value(trained));
    }

    @Test
    void theGradientStaysWithTheLeafAndThatOfTheOthersReachesThem() {
        WithoutGradient.run(() -> trained.getArray().addi(manager.create(new float[] {2, 3})));
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray value = pass().value(trained);
            tape.backward(value.square().mul(pass().value(other)).sum());
        }

        assertThat(leaves.arrays().get(0).getGradient().toFloatArray()).containsExactly(6, 8);
        assertThat(trained.getArray().getGradient().toFloatArray()).containsExactly(0, 0);
        assertThat(other.getArray().getGradient().toFloatArray()).containsExactly(9, 16);
    }

    @Test
    void aSecondBackwardPassAddsToTheFirst() {
        for (int i = 0; i < 2; i++) {
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                tape.backward(pass().value(trained).square().sum());
            }
        }

        assertThat(leaves.arrays().get(0).getGradient().toFloatArray()).containsExactly(4, 4);
    }

    @Test
    void aParameterThatWasFrozenInTheMeantimeHasNoGradient() {
        trained.freeze(true);

        LeafParameters frozen =
                new LeafParameters(List.of(trained.getArray()), new ParameterStore(manager, false), batch);

        assertThat(frozen.arrays().get(0).hasGradient()).isFalse();
    }

    @Test
    void closingTheBatchLeavesNothingWithTheModel() {
        int before = manager.getManagedArrays().size();
        try (NDManager step = manager.newSubManager()) {
            new LeafParameters(List.of(trained.getArray()), new ParameterStore(manager, false), step);
        }

        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(trained.getArray().toFloatArray()).containsExactly(1, 1);
    }

    private Pass pass() {
        return Pass.training(leaves, batch, Noise.engine());
    }

    private Parameter parameter(String name) {
        Parameter made = Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(2))
                .optInitializer(Initializer.ONES)
                .build();
        made.initialize(manager, DataType.FLOAT32);
        return made;
    }
}
