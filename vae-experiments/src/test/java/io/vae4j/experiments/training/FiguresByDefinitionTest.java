package io.vae4j.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Pass;
import io.vae4j.core.constrained.KlAtMost;
import io.vae4j.core.constrained.Lagrangian;
import io.vae4j.core.constrained.ReconstructionAtMost;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.BatchCoupled;
import io.vae4j.core.objective.CapacityElbo;
import io.vae4j.core.objective.Ciwae;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Miwae;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.ObjectiveSpec.Extent;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.ObjectiveMetrics;
import io.vae4j.experiments.run.StandardMetrics;
import io.vae4j.models.adversarial.FactorVae;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every figure that a run logs, for every recipe, against its definition: computed here in doubles from log p(x|z), log
 * p(z) and log q(z|x) of each sample, and not by the code that trains.
 */
class FiguresByDefinitionTest {

    private static final int TRAINED = 32;
    private static final int TESTED = 20;
    private static final Dataset DATA = Small.squares(TRAINED, TESTED);

    record Case(String recipe, List<String> overrides) {

        Recipe found() {
            return Recipes.find(
                    recipe,
                    Stream.concat(Stream.of("train.batch=16"), overrides.stream())
                            .toList());
        }
    }

    static Stream<Case> cases() {
        Stream<Case> builtIn = Recipes.NAMES.stream()
                .map(name -> new Case(name, EveryRecipeTest.SMALLER.getOrDefault(name, List.of())))
                .filter(each -> !isCoupled(each.found()));
        Stream<Case> more = Stream.of(
                new Case("vq-vae", List.of("objective={kind: iwae, samples: 1}")),
                new Case("vq-vae", List.of("objective={kind: miwae, groups: 1, samplesEach: 1}")),
                new Case("vq-vae", List.of("objective={kind: ciwae, beta: 0.5, samples: 1}")),
                new Case("vae", List.of("objective={kind: miwae, groups: 2, samplesEach: 3}")),
                new Case("vae-vamp", List.of("objective={kind: ciwae, beta: 0.3, samples: 4}")),
                new Case("deep-vae", List.of("objective={kind: iwae, samples: 5}")),
                new Case("vae-flow", List.of("objective={kind: elbo, beta: 3, samples: 2, warmUp: 0}")));
        return Stream.concat(builtIn, more);
    }

    /** Tested in batches as large as those of the training, and not by the one pass of this test. */
    private static boolean isCoupled(Recipe recipe) {
        return recipe.objective().over(new Extent(TRAINED, 1)).at(0) instanceof BatchCoupled;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatARunLogsIsWhatItsNameSays(Case each) {
        Recipe recipe = each.found();
        try (TrainingSession session = Small.session(recipe, DATA, 0);
                NDManager scratch = session.model().newManager()) {
            TrainingLoop loop = session.loop();
            loop.train(1);
            Measurement logged = loop.test(1);
            Objective objective = recipe.objective()
                    .over(new Extent(TRAINED, loop.stepsPerEpoch()))
                    .at(loop.stepsPerEpoch() - 1L);
            Terms terms = Terms.of(boundTerms(session, scratch, objective.samples()), recipe);

            double near = 1e-5 * Math.abs(logged.raw(StandardMetrics.LOSS)) + 1e-3;
            assertThat(logged.raw(StandardMetrics.RECONSTRUCTION)).isCloseTo(terms.reconstruction(), within(near));
            assertThat(logged.raw(StandardMetrics.KL)).isCloseTo(terms.kl(), within(near));
            assertThat(logged.raw(StandardMetrics.ELBO)).isCloseTo(-terms.reconstruction() - terms.kl(), within(near));
            assertThat(logged.raw(StandardMetrics.LOSS))
                    .isCloseTo(loss(objective, terms, logged) + terms.penalty(), within(near));
            Optional<Double> bound = bound(objective, terms);
            assertThat(logged.value(StandardMetrics.BOUND).isPresent()).isEqualTo(bound.isPresent());
            bound.ifPresent(
                    value -> assertThat(logged.raw(StandardMetrics.BOUND)).isCloseTo(value, within(near)));
        }
    }

    /** The test's own pass: the bits and samples that its keys give. */
    private static BoundTerms boundTerms(TrainingSession session, NDManager scratch, int samples) {
        Randomness random = Randomness.of(0);
        TrainedModel trained = session.model();
        long key = random.testKey(1, 0, 1000, TESTED);
        Minibatch data =
                session.loop().splits().test().range(scratch, 0, TESTED, random.noise(RandomStream.TEST_BITS, key));
        Pass pass = Pass.evaluation(trained.store(), scratch, random.noise(RandomStream.TEST_NOISE, key));
        return trained.model().boundTerms(pass, data.x(), data.condition(), samples);
    }

    /** What an objective learned in training is taken from the log. */
    private static double loss(Objective objective, Terms terms, Measurement logged) {
        if (objective instanceof Elbo elbo) {
            return terms.reconstruction() + elbo.beta() * terms.kl();
        }
        if (objective instanceof CapacityElbo held) {
            // of batches whose KL is on one side of the capacity, as here, the distances add up
            return terms.reconstruction() + held.gamma() * Math.abs(terms.kl() - held.capacity());
        }
        if (objective instanceof FactorVae factor) {
            return terms.reconstruction()
                    + terms.kl()
                    + factor.gamma() * logged.raw(ObjectiveMetrics.TOTAL_CORRELATION);
        }
        if (objective instanceof Lagrangian lagrangian) {
            double multiplier = logged.raw(ObjectiveMetrics.MULTIPLIER);
            double excess = excess(lagrangian, terms);
            assertThat(multiplier).isPositive();
            assertThat(logged.raw(ObjectiveMetrics.CONSTRAINT)).isCloseTo(excess, within(1e-2));
            return cost(lagrangian, terms) + multiplier * excess;
        }
        return -bound(objective, terms).orElseThrow();
    }

    private static double cost(Lagrangian objective, Terms terms) {
        return objective.problem() instanceof KlAtMost ? terms.reconstruction() : terms.kl();
    }

    private static double excess(Lagrangian objective, Terms terms) {
        return objective.problem() instanceof KlAtMost limit
                ? terms.kl() - limit.delta()
                : terms.reconstruction() - ((ReconstructionAtMost) objective.problem()).tolerance();
    }

    private static Optional<Double> bound(Objective objective, Terms terms) {
        if (objective instanceof Iwae iwae) {
            return Optional.of(terms.meanOverImages(w -> logMeanExp(w, 0, iwae.samples())));
        }
        if (objective instanceof Miwae miwae) {
            int k = miwae.samplesEach();
            return Optional.of(terms.meanOverImages(w -> IntStream.range(0, miwae.groups())
                    .mapToDouble(m -> logMeanExp(w, m * k, k))
                    .average()
                    .orElseThrow()));
        }
        if (objective instanceof Ciwae ciwae) {
            return Optional.of(terms.meanOverImages(
                    w -> ciwae.beta() * Arrays.stream(w).average().orElseThrow()
                            + (1 - ciwae.beta()) * logMeanExp(w, 0, w.length)));
        }
        return Optional.empty();
    }

    private static double logMeanExp(double[] w, int from, int count) {
        double largest = Arrays.stream(w, from, from + count).max().orElseThrow();
        double sum = Arrays.stream(w, from, from + count)
                .map(value -> Math.exp(value - largest))
                .sum();
        return largest + Math.log(sum / count);
    }

    /** A function of one image's log weights. */
    private interface OfWeights {
        double of(double[] logWeights);
    }

    /**
     * What was read off the samples, in doubles.
     *
     * @param logWeights of each image, empty for a point mass
     */
    @SuppressWarnings("ArrayRecordComponent") // made once and only read
    private record Terms(double reconstruction, double kl, double penalty, double[][] logWeights) {

        static Terms of(BoundTerms terms, Recipe recipe) {
            double[][] logLikelihood = byImage(terms.logLikelihood());
            boolean weighed = recipe.model().density() != Density.NONE;
            double kl = 0;
            double[][] weights = weighed ? logLikelihood : new double[0][];
            for (StochasticLayer layer : terms.layers()) {
                double[][] bySamples = weighed
                        ? minus(
                                byImage(layer.logPosterior()),
                                byImage(layer.logPrior().get()))
                        : weights;
                kl += layer.analyticKl()
                        .get()
                        .map(closed -> mean(byImage(closed)))
                        .orElseGet(() -> mean(bySamples));
                weights = weighed ? minus(weights, bySamples) : weights;
            }
            double penalty = terms.penalty()
                    .map(each -> mean(new double[][] {doubles(each)}))
                    .orElse(0.0);
            return new Terms(-mean(logLikelihood), kl, penalty, weights);
        }

        double meanOverImages(OfWeights figure) {
            return Arrays.stream(logWeights).mapToDouble(figure::of).average().orElseThrow();
        }

        /** [K or 1, B] as one row for each image. */
        private static double[][] byImage(NDArray terms) {
            int samples = (int) terms.getShape().get(0);
            int images = (int) terms.getShape().get(1);
            double[] values = doubles(terms);
            double[][] rows = new double[images][samples];
            for (int i = 0; i < values.length; i++) {
                rows[i % images][i / images] = values[i];
            }
            return rows;
        }

        private static double[][] minus(double[][] a, double[][] b) {
            double[][] difference = new double[a.length][];
            for (int i = 0; i < a.length; i++) {
                int row = i;
                difference[i] = IntStream.range(0, a[i].length)
                        .mapToDouble(k -> a[row][k] - b[row][k])
                        .toArray();
            }
            return difference;
        }

        private static double mean(double[][] values) {
            return Arrays.stream(values)
                    .flatMapToDouble(Arrays::stream)
                    .average()
                    .orElseThrow();
        }

        private static double[] doubles(NDArray values) {
            return values.toType(DataType.FLOAT64, true).toDoubleArray();
        }
    }
}
