package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.RecordedNoise;
import io.vae4j.core.distribution.Bernoulli;
import io.vae4j.core.distribution.ColorMixture;
import io.vae4j.core.distribution.ContinuousBernoulli;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.GrayCrossEntropy;
import io.vae4j.core.distribution.Laplace;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.ConformingModel.Density;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model promises about the terms that it reports. */
abstract class BoundTermsContract extends LearningContract {

    private static final DataType TYPE = DataType.FLOAT64;

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void movesAPermutationOfTheBatchThrough(Build build) {
        checkThatTermsFollow(build, 2, 0, 3, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void anExamplesTermsDoNotDependOnItsNeighbors(Build build) {
        checkThatTermsFollow(build, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void repeatingTheBatchRepeatsTheTerms(Build build) {
        checkThatTermsFollow(build, 0, 1, 2, 3, 0, 1, 2, 3);
    }

    /** The terms of chosen examples, with the noise and the conditions that they had, are those of the batch. */
    private void checkThatTermsFollow(Build build, int... examples) {
        LatentModel model = build.initialized(manager, TYPE);
        NDArray x = bits(4, TYPE);
        Condition condition = build.condition(manager, 4, TYPE);
        RecordedNoise noise = new RecordedNoise(Noise.seeded(0, 0, 0), manager);
        List<NDArray> all = terms(build, model.boundTerms(evaluation(noise), x, condition, 3));
        Noise chosen = Noise.given(
                noise.samples().stream().map(draw -> chosen(draw, 1, examples)).toList());
        Condition theirs = condition instanceof Condition.Given given
                ? Condition.given(chosen(given.values(), 0, examples))
                : condition;
        List<NDArray> some = terms(build, model.boundTerms(evaluation(chosen), chosen(x, 0, examples), theirs, 3));

        for (int term = 0; term < all.size(); term++) {
            double[] expected = chosen(all.get(term), 1, examples).toDoubleArray();
            assertThat(some.get(term).toDoubleArray()).containsExactly(expected, within(1e-10));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void worksWithOneDrawAndWithFifty(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        NDArray x = bits(3, TYPE);
        Condition condition = build.condition(manager, 3, TYPE);
        RecordedNoise noise = new RecordedNoise(Noise.seeded(0, 0, 0), manager);
        BoundTerms fifty = model.boundTerms(evaluation(noise), x, condition, 50);
        Noise ofTheLast = Noise.given(
                noise.samples().stream().map(draw -> draw.get("49:")).toList());
        BoundTerms one = model.boundTerms(evaluation(ofTheLast), x, condition, 1);

        assertThat(fifty.logLikelihood().getShape()).isEqualTo(new Shape(50, 3));
        assertThat(fifty.elbo().getShape()).isEqualTo(new Shape(3));
        assertThat(one.elbo().getShape()).isEqualTo(new Shape(3));
        assertThat(one.logLikelihood().toDoubleArray())
                .containsExactly(fifty.logLikelihood().get("49").toDoubleArray(), within(1e-10));
        fifty.layers()
                .forEach(layer -> assertThat(layer.logPrior().get().getShape()).isEqualTo(new Shape(50, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void reportsFiniteTermsThatAddUp(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        BoundTerms terms = model.boundTerms(
                evaluation(Noise.seeded(0, 0, 0)), bits(4, TYPE), build.condition(manager, 4, TYPE), 5);
        double[] elbo = terms.elbo().toDoubleArray();
        double[] reconstruction = terms.reconstruction().toDoubleArray();
        double[] kl = terms.kl().toDoubleArray();

        assertThat(terms.layers()).hasSize(build.entry().layers());
        for (NDArray term : terms(build, terms)) {
            assertThat(Arrays.stream(term.toDoubleArray())).allMatch(Double::isFinite);
        }
        for (int example = 0; example < elbo.length; example++) {
            assertThat(elbo[example]).isCloseTo(-(reconstruction[example] + kl[example]), within(1e-12));
        }
    }

    /** A decoder of zeros sees no latent, and its log-likelihood is known: it is summed over the pixels, in nats. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void reportsNatsOfWholeExamples(Build build) {
        LatentModel model = build.initialized(manager, TYPE);
        model.getParameters().forEach(named -> {
            if (named.getKey().contains("decoder")) {
                NDArray array = named.getValue().getArray();
                array.subi(array);
            }
        });
        NDArray x = bits(4, TYPE);
        Condition condition = build.condition(manager, 4, TYPE);
        Distribution likelihood = model.reconstruct(evaluation(Noise.engine()), x, condition);
        BoundTerms terms = model.boundTerms(evaluation(Noise.seeded(0, 0, 0)), x, condition, 1);

        assertThat(terms.logLikelihood().toDoubleArray())
                .containsExactly(logLikelihoodAtZero(likelihood, x), within(1e-12));
    }

    private static double[] logLikelihoodAtZero(Distribution likelihood, NDArray x) {
        if (likelihood instanceof DiagonalNormal) {
            NDArray squares = x.square().sum(new int[] {1});
            return Ops.shift(Ops.scale(squares, -0.5), -0.5 * Models.PIXELS * Math.log(2 * Math.PI))
                    .toDoubleArray();
        }
        if (likelihood instanceof ContinuousBernoulli) {
            return new double[(int) x.getShape().get(0)];
        }
        if (likelihood instanceof Laplace laplace) {
            return LikelihoodByDefinition.of(laplace, x);
        }
        if (likelihood instanceof ColorMixture colors) {
            return LikelihoodByDefinition.of(colors, x);
        }
        assertThat(likelihood).isInstanceOfAny(Bernoulli.class, GrayCrossEntropy.class);
        double[] bits = new double[(int) x.getShape().get(0)];
        Arrays.fill(bits, -Models.PIXELS * Math.log(2));
        return bits;
    }

    /** All that the terms report, each [K or 1, B], nats. */
    private static List<NDArray> terms(Build build, BoundTerms terms) {
        List<NDArray> all =
                new ArrayList<>(List.of(terms.logLikelihood(), terms.elbo().expandDims(0)));
        terms.penalty().ifPresent(penalty -> all.add(penalty.expandDims(0)));
        for (StochasticLayer layer : terms.layers()) {
            all.add(layer.kl());
            all.add(layer.logPrior().get());
        }
        if (build.entry().density() == Density.KNOWN) {
            all.add(terms.logWeight());
        }
        return all;
    }

    private static NDArray chosen(NDArray values, int axis, int... examples) {
        NDList slices = new NDList();
        for (int example : examples) {
            String range = example + ":" + (example + 1);
            slices.add(values.get(new NDIndex(axis == 0 ? range : ":, " + range)));
        }
        return NDArrays.concat(slices, axis);
    }
}
