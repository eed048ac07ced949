package io.vae4j.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Laplace;
import io.vae4j.core.distribution.ReparameterizedDistribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.DipVae.Variant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four examples with two latent dimensions, against commons-math's covariance and two loops. */
class DipVaeTest extends EngineTest {

    private static final double[][] LOC = {{0.5, -1}, {0.2, 0.3}, {-0.7, 1}, {1.1, 0.4}};
    private static final double[][] LOG_SCALE = {{-0.2, 0.3}, {0.1, -0.5}, {0, 0.2}, {-1, 0.4}};

    @ParameterizedTest
    @EnumSource
    void thePenaltyIsTheSquaredDistanceOfTheCovarianceFromTheIdentity(Variant variant) {
        double[] penalty = new DipVae(variant, 3, 7)
                .loss(terms(flat(LOC)))
                .sub(new Elbo().loss(terms(flat(LOC))))
                .toDoubleArray();

        double expected = penalty(variant, 3, 7);
        assertThat(expected).isGreaterThan(1);
        assertThat(penalty).containsExactly(new double[] {expected, expected, expected, expected}, within(1e-10));
    }

    @ParameterizedTest
    @EnumSource
    void itsGradientIsTheSlopeOfTheLoss(Variant variant) {
        DipVae objective = new DipVae(variant, 3, 7);

        assertThat(gradient(loc -> objective.loss(terms(loc)).mean(), flat(LOC)).toDoubleArray())
                .containsExactly(differences(loc -> objective.loss(terms(loc)).mean(), flat(LOC)), within(1e-7));
    }

    @Test
    void theScalesOfPosteriorsMatterToTheSecondVariantOnly() {
        assertThat(slopeByScale(Variant.I)).containsOnly(0);
        assertThat(slopeByScale(Variant.II)).doesNotContain(0);
    }

    /** The penalty's share: the ELBO has its own. */
    private double[] slopeByScale(Variant variant) {
        return gradient(
                        logScale -> new DipVae(variant, 3, 7)
                                .loss(terms(normal(flat(LOC), logScale, 2)))
                                .sub(new Elbo().loss(terms(normal(flat(LOC), logScale, 2))))
                                .mean(),
                        flat(LOG_SCALE))
                .toDoubleArray();
    }

    @Test
    void aLatentWithTwoAxesIsTheSameAsItsFlatOne() {
        double[] flat = new DipVae(Variant.II, 3, 7).loss(terms(flat(LOC))).toDoubleArray();

        for (long[] event : new long[][] {{1, 2}, {2, 1}}) {
            BoundTerms grid = terms(normal(flat(LOC), flat(LOG_SCALE), event));
            assertThat(new DipVae(Variant.II, 3, 7).loss(grid).toDoubleArray()).containsExactly(flat, within(1e-12));
        }
    }

    @Test
    void itHasOneSampleAndAnyFormOfTheKl() {
        assertThat(new DipVae(Variant.I, 1, 1).samples()).isEqualTo(1);
        assertThat(new DipVae(Variant.I, 1, 1).klForm()).isEqualTo(Objective.KlForm.ANY);
    }

    @Test
    void whatHasNoSuchMomentsIsRefusedWithTheReason() {
        DipVae objective = new DipVae(Variant.II, 1, 1);
        StochasticLayer layer = terms(flat(LOC)).layers().get(0);
        BoundTerms deep = new BoundTerms(terms(flat(LOC)).logLikelihood(), List.of(layer, layer), Optional.empty());
        BoundTerms other =
                terms(new Laplace(flat(LOC).reshape(1, 4, 2), flat(LOG_SCALE).reshape(1, 4, 2), 1));

        assertThatThrownBy(() -> objective.loss(deep)).hasMessageContaining("this model has 2");
        assertThatThrownBy(() -> objective.loss(other)).hasMessageContaining("this posterior is Laplace");
        assertThatThrownBy(() -> new DipVae(Variant.I, -1, 1)).hasMessageContaining("offDiagonal is -1.0");
        assertThatThrownBy(() -> new DipVae(Variant.I, 1, -1)).hasMessageContaining("diagonal is -1.0");
    }

    private static double penalty(Variant variant, double offDiagonal, double diagonal) {
        RealMatrix covariance = new Covariance(LOC, false).getCovarianceMatrix();
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double c = covariance.getEntry(i, j);
                for (int n = 0; n < 4 && i == j && variant == Variant.II; n++) {
                    c += Math.exp(2 * LOG_SCALE[n][i]) / 4;
                }
                sum += i == j ? diagonal * (c - 1) * (c - 1) : offDiagonal * c * c;
            }
        }
        return sum;
    }

    private NDArray flat(double[][] rows) {
        double[] values = new double[8];
        for (int i = 0; i < 8; i++) {
            values[i] = rows[i / 2][i % 2];
        }
        return array(values);
    }

    private static DiagonalNormal normal(NDArray loc, NDArray logScale, long... event) {
        Shape shape = new Shape(1, 4).addAll(new Shape(event));
        return new DiagonalNormal(loc.reshape(shape), logScale.reshape(shape), event.length);
    }

    private BoundTerms terms(NDArray loc) {
        return terms(normal(loc, flat(LOG_SCALE), 2));
    }

    private BoundTerms terms(ReparameterizedDistribution q) {
        StandardNormal prior = new StandardNormal(q.mean().zerosLike(), q.eventRank());
        Sample draw = q.rsample(Noise.seeded(0, 0, 0), 1);
        DensityPosterior posterior = new DensityPosterior(q);
        Inference inference = new Inference(posterior, () -> posterior, draw, draw.value());
        StochasticLayer layer = new StochasticLayer(
                inference, Memoized.of(() -> prior.logProb(draw.value())), Memoized.of(() -> q.kl(prior)));
        return new BoundTerms(array(-3, -5, -4, -1).reshape(1, 4), List.of(layer), Optional.empty());
    }
}
