package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.CapacityElbo.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Free bits and capacities on a posterior of two examples and three dimensions at scale 1, where KL_j = mu_j^2 / 2. */
class KlConstraintTest extends EngineTest {

    private static final double[] LOC = {1, 0.1, 2, 2, 0.3, 0};
    private static final double[] RECONSTRUCTION = {3, 5};

    @Test
    void freeBitsCutEachDimensionOffAtItsBatchMean() {
        // batch means of mu^2 / 2: (1 + 4) / 4 = 1.25, (0.01 + 0.09) / 4 = 0.025, (4 + 0) / 4 = 1
        double[] loss = new FreeBits(0.5, 1).loss(boundTerms(1)).toDoubleArray();

        assertThat(loss).containsExactly(new double[] {3 + 1.25 + 0.5 + 1, 5 + 1.25 + 0.5 + 1}, within(1e-12));
    }

    @Test
    void freeBitsOfEveryLayerAreCounted() {
        double[] loss = new FreeBits(1.1, 1).loss(boundTerms(2)).toDoubleArray();

        assertThat(loss[0]).isCloseTo(3 + 2 * (1.25 + 1.1 + 1.1), within(1e-12));
    }

    @Test
    void theWeightOfAWarmUpMultipliesTheKlAfterItsFloor() {
        double[] loss = new FreeBits(0.5, 0.25, 1).loss(boundTerms(1)).toDoubleArray();

        assertThat(loss).containsExactly(new double[] {3 + 0.25 * 2.75, 5 + 0.25 * 2.75}, within(1e-12));
    }

    @Test
    void aDimensionBelowTheFloorHasNoGradient() {
        NDArray slope =
                gradient(loc -> new FreeBits(0.5, 1).loss(boundTerms(1, loc)).mean(), array(LOC));

        // d/dmu of the batch mean of mu^2 / 2 is mu / 2
        assertThat(slope.toDoubleArray()).containsExactly(new double[] {0.5, 0, 1, 1, 0, 0}, within(1e-12));
    }

    @Test
    void theCapacityOfTheBatchIsHeldByTheMeanOverIts() {
        // KL of the examples: 2.505 and 2.045, mean 2.275
        double[] loss =
                new CapacityElbo(10, 2.2, Held.BATCH_MEAN).loss(boundTerms(1)).toDoubleArray();

        assertThat(loss).containsExactly(new double[] {3 + 0.75, 5 + 0.75}, within(1e-12));
    }

    @Test
    void theCapacityOfEachExampleIsHeldOnBothSides() {
        double[] loss =
                new CapacityElbo(10, 2.2, Held.EACH_EXAMPLE).loss(boundTerms(1)).toDoubleArray();

        assertThat(loss).containsExactly(new double[] {3 + 10 * 0.305, 5 + 10 * 0.155}, within(1e-12));
    }

    @Test
    void withBetaZeroTheKlDoesNotCount() {
        assertThat(new Elbo(0, 1).loss(boundTerms(1)).toDoubleArray()).containsExactly(RECONSTRUCTION, within(1e-12));
        assertThat(new Elbo(0, 1, KlEstimate.MONTE_CARLO).loss(boundTerms(1)).toDoubleArray())
                .containsExactly(RECONSTRUCTION, within(1e-12));
    }

    @Test
    void aPenaltyIsAddedToEachExamplesLoss() {
        BoundTerms plain = boundTerms(1);
        NDArray penalty = array(7, 11);
        BoundTerms penalized = new BoundTerms(plain.logLikelihood(), plain.layers(), Optional.of(penalty));

        for (Objective objective : List.of(
                new Elbo(2, 1),
                new FreeBits(0.5, 1),
                new CapacityElbo(3, 1, Held.EACH_EXAMPLE),
                new BetaTcVae(2, 50),
                new Ciwae(0.3, 1))) {
            double[] added =
                    objective.loss(penalized).sub(objective.loss(plain)).toDoubleArray();
            assertThat(added).as(objective.toString()).containsExactly(penalty.toDoubleArray(), within(1e-12));
        }
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        double infinite = Double.POSITIVE_INFINITY;

        assertThatThrownBy(() -> new Elbo(infinite, 1)).hasMessageContaining("beta is Infinity");
        assertThatThrownBy(() -> new Elbo(-0.1, 1)).hasMessageContaining("beta is -0.1");
        assertThatThrownBy(() -> new Elbo(1, 0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new FreeBits(-1, 1)).hasMessageContaining("lambda is -1.0");
        assertThatThrownBy(() -> new FreeBits(1, 0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new FreeBits(1, infinite, 1)).hasMessageContaining("beta is Infinity");
        assertThatThrownBy(() -> new CapacityElbo(-1, 1, Held.BATCH_MEAN)).hasMessageContaining("gamma is -1.0");
        assertThatThrownBy(() -> new CapacityElbo(1, -1, Held.BATCH_MEAN)).hasMessageContaining("capacity is -1.0");
        assertThatThrownBy(() -> new BetaTcVae(-1, 2)).hasMessageContaining("beta is -1.0");
        assertThatThrownBy(() -> new Ciwae(1.1, 2)).hasMessageContaining("beta is 1.1");
        assertThatThrownBy(() -> new Ciwae(-0.1, 2)).hasMessageContaining("beta is -0.1");
        assertThatThrownBy(() -> new Ciwae(0.5, 0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new Miwae(0, 1)).hasMessageContaining("groups is 0");
        assertThatThrownBy(() -> new Miwae(1, 0)).hasMessageContaining("samples is 0");
        assertThatThrownBy(() -> new Miwae(1 << 16, 1 << 16)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theNumberOfSamplesIsThatOfTheBound() {
        assertThat(List.of(new Elbo(1, 4), new Iwae(4), new Miwae(2, 2), new Ciwae(1, 4), new FreeBits(0, 4)))
                .extracting(Objective::samples)
                .containsOnly(4);
        assertThat(new BetaTcVae(1, 2).samples()).isEqualTo(1);
        assertThat(new CapacityElbo(0, 0, Held.BATCH_MEAN).samples()).isEqualTo(1);
    }

    @Test
    void whoeverTakesTheKlApartHasAFormOfItsOwn() {
        assertThat(new BetaTcVae(0, 2).klForm()).isEqualTo(Objective.KlForm.OWN);
        assertThat(new FreeBits(0, 1).klForm()).isEqualTo(Objective.KlForm.OWN);
        assertThat(new CapacityElbo(1, 1, Held.BATCH_MEAN).klForm()).isEqualTo(Objective.KlForm.OWN);
        assertThat(new Elbo().klForm()).isEqualTo(Objective.KlForm.ANY);
        assertThat(new Iwae(2).klForm()).isEqualTo(Objective.KlForm.ANY);
    }

    @Test
    void aCapacityIsRefusedWhereTheKlIsAnEstimate() {
        Objective capacity = new CapacityElbo(10, 1, Held.BATCH_MEAN);
        StochasticLayer layer = boundTerms(1).layers().get(0);
        StochasticLayer bySamples =
                new StochasticLayer(layer.inference(), layer.logPrior(), Memoized.of(Optional::empty));
        BoundTerms estimated = new BoundTerms(boundTerms(1).logLikelihood(), List.of(bySamples), Optional.empty());

        assertThatThrownBy(() -> capacity.loss(estimated)).hasMessageContaining("needs the KL in closed form");
        assertThatThrownBy(() -> capacity.loss(boundTerms(2))).hasMessageContaining("2 stochastic layers");
    }

    private BoundTerms boundTerms(int layers) {
        return boundTerms(layers, array(LOC));
    }

    private BoundTerms boundTerms(int layers, NDArray flat) {
        NDArray loc = flat.reshape(1, 2, 3);
        DiagonalNormal q = new DiagonalNormal(loc, loc.zerosLike(), 1);
        StandardNormal prior = StandardNormal.over(loc, 3);
        Sample draw = q.rsample(Noise.seeded(0, 0, 0), 1);
        DensityPosterior posterior = new DensityPosterior(q);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        List<StochasticLayer> all = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            all.add(new StochasticLayer(
                    inference,
                    Memoized.of(() -> prior.logProb(draw.value())),
                    Memoized.of(() -> q.kl(prior)),
                    Memoized.of(() -> q.klEach(prior))));
        }
        return new BoundTerms(array(RECONSTRUCTION).neg().reshape(1, 2), all, Optional.empty());
    }
}
