package io.vae4j.models.hierarchical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;
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

class DeepVaeTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    /** Each layer's prior is the decoder of the level above it, and the topmost has N(0, I). */
    @Test
    void everyLayerIsExplainedByTheOneAboveIt() {
        NetworkDecoder first = new NetworkDecoder(mlp(), new BernoulliPixels(new Shape(6), START));
        NetworkDecoder second = new NetworkDecoder(mlp(), new Gaussian(4, START));
        NetworkDecoder third = new NetworkDecoder(mlp(), new Gaussian(3, START));
        Vae model = DeepVae.bottomUp(
                List.of(
                        new DeepVae.Level(mlp(), new Gaussian(4, START), first),
                        new DeepVae.Level(mlp(), new Gaussian(3, START), second),
                        new DeepVae.Level(mlp(), new Gaussian(2, START), third)),
                new StandardNormalPrior(2));
        try (NDManager manager = NDManager.newBaseManager()) {
            model.initialize(manager, DataType.FLOAT64, new Shape(1, 6));
            Pass pass = Pass.evaluation(new ParameterStore(manager, false), manager, Noise.seeded(0, 0, 0));
            NDArray x = manager.ones(new Shape(2, 6), DataType.FLOAT64);
            BoundTerms terms = model.boundTerms(pass, x, Condition.none(), 5);

            assertThat(terms.layers()).hasSize(3);
            NDArray h1 = latent(terms, 0);
            NDArray h2 = latent(terms, 1);
            NDArray h3 = latent(terms, 2);
            assertThat(h3.getShape()).isEqualTo(new Shape(5, 2, 2));
            NDArray logJoint = first.decode(pass, h1, Condition.none())
                    .logProb(x)
                    .add(second.decode(pass, h2, Condition.none()).logProb(h1))
                    .add(third.decode(pass, h3, Condition.none()).logProb(h2))
                    .sub(Ops.scale(h3.square().sum(new int[] {2}), 0.5));
            // the normalizer of N(0, I) in two dimensions
            NDArray expected = logJoint.sub(Math.log(2 * Math.PI)).sub(terms.logPosterior());
            assertThat(terms.logWeight().toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-10));
        }
    }

    @Test
    void aModelWithNoLevelIsRefused() {
        assertThatThrownBy(() -> DeepVae.bottomUp(List.of(), new StandardNormalPrior(2)))
                .hasMessageContaining("one for each stochastic layer");
    }

    private static NDArray latent(BoundTerms terms, int level) {
        StochasticLayer layer = terms.layers().get(level);
        return layer.inference().latent();
    }

    private static Mlp mlp() {
        return new Mlp(List.of(8), Activation.TANH, START);
    }
}
