package io.vae4j.core;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassTest extends EngineTest {

    private Parameter weight;

    @BeforeEach
    void makeAParameter() {
        weight = Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(2))
                .optInitializer(Initializer.ONES)
                .build();
        weight.initialize(manager, DataType.FLOAT32);
    }

    @Test
    void resultsOnAParameterBelongToTheBatchAndTheGradientReachesTheParameter() {
        int before = manager.getManagedArrays().size();
        try (NDManager batch = manager.newSubManager();
                GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(pass(batch).value(weight).exp().sum());
        }

        assertThat(manager.getManagedArrays()).hasSize(before);
        try (NDArray gradient = weight.getArray().getGradient()) {
            assertThat(gradient.toFloatArray()).containsExactly((float) Math.E, (float) Math.E);
        }
    }

    @Test
    void aFrozenPassGivesTheSameValuesAndNoGradientToParameters() {
        try (NDManager batch = manager.newSubManager();
                GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            NDArray input = batch.ones(new Shape(2));
            input.setRequiresGradient(true);
            NDArray product = input.mul(pass(batch).frozen().value(weight));
            tape.backward(product.sum());

            assertThat(product.toFloatArray()).containsExactly(1, 1);
            assertThat(input.getGradient().toFloatArray()).containsExactly(1, 1);
        }
        assertThat(weight.getArray().getGradient().toFloatArray()).containsExactly(0, 0);
    }

    @Test
    void aLeafLatentCollectsTheGradientInsteadOfPassingItOn() {
        try (NDManager batch = manager.newSubManager();
                GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Pass pass = pass(batch).with(Latents.LEAF);
            NDArray latent = pass.latent(pass.value(weight).exp());
            tape.backward(latent.square().sum());

            assertThat(latent.getGradient().getFloat(0)).isEqualTo((float) (2 * Math.E));
        }
        assertThat(weight.getArray().getGradient().toFloatArray()).containsExactly(0, 0);
    }

    private Pass pass(NDManager batch) {
        return Pass.training(new ParameterStore(manager, false), batch, Noise.engine());
    }
}
