package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.model.Evidence;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deterministic posterior makes the model an autoencoder. */
class AutoencoderTest extends ModelTest {

    @Test
    void theLossIsTheReconstructionAlone() {
        Vae model = initialised(Models.autoencoder(), DataType.FLOAT64);
        NDArray x = bits(4, DataType.FLOAT64);
        Evidence evidence = evidence(model, x, 1);
        double[] expected = model.reconstruct(evaluation(Noise.given(List.of())), x, Condition.none())
                .logProb(x)
                .neg()
                .toDoubleArray();

        assertThat(new Elbo().loss(evidence).toDoubleArray()).isEqualTo(expected);
        assertThat(new Elbo(4, 1).loss(evidence).toDoubleArray()).isEqualTo(expected);
        assertThat(evidence.layers().get(0).kl().getShape()).isEqualTo(new Shape(1, 4));
    }

    @Test
    void allDrawsAreTheSamePoint() {
        Vae model = initialised(Models.autoencoder(), DataType.FLOAT64);
        Evidence evidence = evidence(model, bits(4, DataType.FLOAT64), 3);
        NDArray z = evidence.layers().get(0).inference().latent();

        assertThat(z.getShape()).isEqualTo(new Shape(3, 4, 3));
        assertThat(z.get("2")).isEqualTo(z.get("0"));
        assertThat(evidence.elbo().getShape()).isEqualTo(new Shape(4));
    }

    @Test
    void trains() {
        Vae model = initialised(Models.autoencoder(), DataType.FLOAT32);

        float[] losses = train(model, bits(32, DataType.FLOAT32), new Elbo(), 150);
        assertThat(losses[1]).isLessThan(losses[0] - 0.5f);
    }

    @Test
    void objectivesThatWeighDrawsAreRefused() {
        Vae model = initialised(Models.autoencoder(), DataType.FLOAT32);
        Evidence evidence = evidence(model, bits(4, DataType.FLOAT32), 3);

        assertThatThrownBy(() -> new Iwae(3).loss(evidence))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("point mass")
                .hasMessageContaining("Elbo");
        assertThat(evidence.layers().get(0).inference().posterior().density()).isEmpty();
        assertThat(evidence.penalty()).isEmpty();
    }

    private Evidence evidence(Vae model, NDArray x, long draws) {
        return model.evidence(evaluation(Noise.given(List.of())), x, Condition.none(), draws);
    }
}
