package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.FullNormal;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class BetaTcVaeTest extends EngineTest {

    private static final double[] LOC = {0.5, -1, 0.2, 0.3, -0.7, 1};
    private static final double[] LOG_SCALE = {-0.2, 0.3, 0.1, -0.5, 0, 0.2};

    @Test
    void withBetaOneItIsTheElboWithTheSampledKl() {
        BoundTerms terms = terms();
        double[] elbo = new Elbo(1, 1, KlEstimate.MONTE_CARLO).loss(terms).toDoubleArray();

        assertThat(new BetaTcVae(1, 50).loss(terms).toDoubleArray()).containsExactly(elbo, within(1e-10));
    }

    @Test
    void theTotalCorrelationIsExactWhenTheBatchIsTheDataSet() {
        BoundTerms terms = terms();
        double[] one = new BetaTcVae(1, 3).loss(terms).toDoubleArray();
        double[] two = new BetaTcVae(2, 3).loss(terms).toDoubleArray();
        double[] z = terms.layers().get(0).inference().latent().toDoubleArray();

        for (int n = 0; n < 3; n++) {
            assertThat(two[n] - one[n]).isCloseTo(correlation(z[2 * n], z[2 * n + 1], 3), within(1e-10));
        }
    }

    @Test
    void inALargerDataSetTheSamplesOwnExampleWeighsLess() {
        BoundTerms terms = terms();
        double[] one = new BetaTcVae(1, 50).loss(terms).toDoubleArray();
        double[] two = new BetaTcVae(2, 50).loss(terms).toDoubleArray();
        double[] z = terms.layers().get(0).inference().latent().toDoubleArray();

        // the first example: 1/50 for itself, 49/100 for each of the other two
        assertThat(two[0] - one[0]).isCloseTo(correlation(z[0], z[1], 50), within(1e-10));
    }

    @Test
    void anExampleAloneInItsBatchCostsMinusItsElbo() {
        NDArray loc = array(LOC).get(":2").reshape(1, 1, 2);
        DiagonalNormal q = new DiagonalNormal(loc, array(LOG_SCALE).get(":2").reshape(1, 1, 2), 1);
        BoundTerms alone = new BoundTerms(array(-3).reshape(1, 1), List.of(layer(q)), Optional.empty());
        double[] elbo = new Elbo(1, 1, KlEstimate.MONTE_CARLO).loss(alone).toDoubleArray();

        assertThat(new BetaTcVae(4, 50).loss(alone).toDoubleArray()).containsExactly(elbo, within(1e-10));
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> new BetaTcVae(1, 1)).hasMessageContaining("size is 1");
        assertThatThrownBy(() -> new BetaTcVae(1, 2).loss(terms())).hasMessageContaining("batch has 3");
    }

    @Test
    void theLossIsOneNumberForEachExample() {
        assertThat(new BetaTcVae(2, 50).loss(terms()).getShape()).isEqualTo(new Shape(3));
    }

    /** The dimensions of an image-like latent are all its elements. */
    @Test
    void aLatentWithTwoAxesIsTheSameAsItsFlatOne() {
        double[] flat = new BetaTcVae(3, 50).loss(terms()).toDoubleArray();

        assertThat(new BetaTcVae(3, 50)
                        .loss(new BoundTerms(logLikelihood(), List.of(layer(normal(1, 2))), Optional.empty()))
                        .toDoubleArray())
                .containsExactly(flat, within(1e-12));
        assertThat(new BetaTcVae(3, 50)
                        .loss(new BoundTerms(logLikelihood(), List.of(layer(normal(2, 1))), Optional.empty()))
                        .toDoubleArray())
                .containsExactly(flat, within(1e-12));
    }

    @Test
    void modelsWhoseKlCannotBeTakenApartAreRefusedWithTheReason() {
        StochasticLayer layer = terms().layers().get(0);
        Inference dense = new Inference(
                new DensityPosterior(new FullNormal(
                        array(LOC).reshape(1, 3, 2), manager.zeros(new Shape(1, 3, 2, 2), DataType.FLOAT64))),
                layer.inference().frozen(),
                layer.inference().sample(),
                layer.inference().latent());
        StochasticLayer correlated = new StochasticLayer(dense, layer.logPrior(), layer.analyticKl());
        BoundTerms deep = new BoundTerms(logLikelihood(), List.of(layer, layer), Optional.empty());
        BoundTerms full = new BoundTerms(logLikelihood(), List.of(correlated), Optional.empty());

        assertThatThrownBy(() -> new BetaTcVae(1, 50).loss(deep)).hasMessageContaining("this model has 2");
        assertThatThrownBy(() -> new BetaTcVae(1, 50).loss(full)).hasMessageContaining("FullNormal");
    }

    /** log q(z) - sum_j log q(z_j) for z drawn from the first example; for 3 examples all weights are equal. */
    private double correlation(double z0, double z1, int size) {
        double joint = 0;
        double first = 0;
        double second = 0;
        for (int m = 0; m < 3; m++) {
            double weight = m == 0 ? 1.0 / size : (size - 1.0) / size / 2;
            double p0 = new NormalDistribution(LOC[2 * m], Math.exp(LOG_SCALE[2 * m])).density(z0);
            double p1 = new NormalDistribution(LOC[2 * m + 1], Math.exp(LOG_SCALE[2 * m + 1])).density(z1);
            joint += weight * p0 * p1;
            first += weight * p0;
            second += weight * p1;
        }
        return Math.log(joint) - Math.log(first) - Math.log(second);
    }

    private BoundTerms terms() {
        return new BoundTerms(logLikelihood(), List.of(layer(normal(2))), Optional.empty());
    }

    private NDArray logLikelihood() {
        return array(-3, -5, -4).reshape(1, 3);
    }

    private DiagonalNormal normal(long... event) {
        Shape shape = new Shape(1, 3).addAll(new Shape(event));
        return new DiagonalNormal(array(LOC).reshape(shape), array(LOG_SCALE).reshape(shape), event.length);
    }

    private static StochasticLayer layer(DiagonalNormal q) {
        StandardNormal prior = new StandardNormal(q.loc().zerosLike(), q.eventRank());
        Sample draw = q.rsample(Noise.seeded(0, 0, 0), 1);
        DensityPosterior posterior = new DensityPosterior(q);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        return new StochasticLayer(
                inference, Memoized.of(() -> prior.logProb(draw.value())), Memoized.of(() -> q.kl(prior)));
    }
}
