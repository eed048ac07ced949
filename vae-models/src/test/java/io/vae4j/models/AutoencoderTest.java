package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deterministic posterior makes the model an autoencoder. */
class AutoencoderTest extends ModelTest {

    @Test
    void theLossIsTheReconstructionAlone() {
        Vae model = initialized(Models.autoencoder(), DataType.FLOAT64);
        NDArray x = bits(4, DataType.FLOAT64);
        BoundTerms terms = boundTerms(model, x, 1);
        double[] expected = model.reconstruct(evaluation(Noise.given(List.of())), x, Condition.none())
                .logProb(x)
                .neg()
                .toDoubleArray();

        assertThat(new Elbo().loss(terms).toDoubleArray()).isEqualTo(expected);
        assertThat(new Elbo(4, 1).loss(terms).toDoubleArray()).isEqualTo(expected);
        assertThat(terms.layers().get(0).kl().getShape()).isEqualTo(new Shape(1, 4));
    }

    @Test
    void allSamplesAreTheSamePoint() {
        Vae model = initialized(Models.autoencoder(), DataType.FLOAT64);
        BoundTerms terms = boundTerms(model, bits(4, DataType.FLOAT64), 3);
        NDArray z = terms.layers().get(0).inference().latent();

        assertThat(z.getShape()).isEqualTo(new Shape(3, 4, 3));
        assertThat(z.get("2")).isEqualTo(z.get("0"));
        assertThat(terms.elbo().getShape()).isEqualTo(new Shape(4));
    }

    @Test
    void trains() {
        Vae model = initialized(Models.autoencoder(), DataType.FLOAT32);

        float[] losses = train(model, bits(32, DataType.FLOAT32), new Elbo(), 150);
        assertThat(losses[1]).isLessThan(losses[0] - 0.5f);
    }

    @Test
    void objectivesThatWeighSamplesAreRefused() {
        Vae model = initialized(Models.autoencoder(), DataType.FLOAT32);
        BoundTerms terms = boundTerms(model, bits(4, DataType.FLOAT32), 3);

        assertThatThrownBy(() -> new Iwae(3).loss(terms))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("point mass")
                .hasMessageContaining("Elbo");
        assertThat(terms.layers().get(0).inference().posterior().density()).isEmpty();
        assertThat(terms.penalty()).isEmpty();
    }

    private BoundTerms boundTerms(Vae model, NDArray x, long samples) {
        return model.boundTerms(evaluation(Noise.given(List.of())), x, Condition.none(), samples);
    }
}
