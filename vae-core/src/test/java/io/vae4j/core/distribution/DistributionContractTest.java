package io.vae4j.core.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.EngineTest;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.RecordedNoise;
import io.vae4j.core.distribution.Families.Case;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every family promises, over the list of {@link Families}. */
class DistributionContractTest extends EngineTest {

    private static final int DRAWS = 40_000;

    static Stream<Case> families() {
        return Families.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void theDensityIntegratesToOne(Case family) {
        double[] logProb = family.support().logProb(at(family), manager);

        assertThat(family.support().expect(logProb, i -> 1)).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("families")
    void theMeanIsTheIntegralOfTheValue(Case family) {
        double[] logProb = family.support().logProb(at(family), manager);
        double[] mean = at(family).mean().toDoubleArray();

        for (int j = 0; j < mean.length; j++) {
            int element = j;
            assertThat(mean[j])
                    .isCloseTo(
                            family.support()
                                    .expect(logProb, i -> family.support().points()[i][element]),
                            within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void samplesHaveTheFirstTwoMomentsAndTheEntropyOfTheDensity(Case family) {
        Quadrature support = family.support();
        double[] logProb = support.logProb(at(family), manager);
        NDArray samples = at(family).sample(Noise.seeded(7, 0, 0), DRAWS);
        NDArray flat = samples.reshape(DRAWS, -1);
        int last = Math.toIntExact(flat.getShape().get(1)) - 1;

        for (int j = 0; j <= last; j++) {
            int element = j;
            agrees(flat.get(":, " + j), support.expect(logProb, i -> support.points()[i][element]));
            agrees(
                    flat.get(":, " + j).mul(flat.get(":, " + last)),
                    support.expect(logProb, i -> support.points()[i][element] * support.points()[i][last]));
        }
        agrees(at(family).logProb(samples), support.expect(logProb, i -> logProb[i]));
    }

    @ParameterizedTest
    @MethodSource("families")
    void closedFormsAgreeWithMonteCarlo(Case family) {
        NDArray samples = at(family).sample(Noise.seeded(17, 0, 0), DRAWS);
        NDArray logProb = at(family).logProb(samples);

        at(family).entropy().ifPresent(entropy -> agrees(logProb.neg(), entropy.getDouble(0, 0)));
        at(family)
                .kl(other(family))
                .ifPresent(kl -> agrees(logProb.sub(other(family).logProb(samples)), kl.getDouble(0, 0)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void drawsAreInTheSupport(Case family) {
        NDArray samples = at(family).sample(Noise.seeded(8, 0, 0), 1000);

        assertThat(Checked.target(at(family), samples)).isSameAs(samples);
        assertThat(Checked.target(at(family), samples.toType(DataType.FLOAT32, true))
                        .getShape())
                .isEqualTo(samples.getShape());
    }

    @ParameterizedTest
    @MethodSource("families")
    void aClosedEntropyIsTheIntegralOfTheSurprise(Case family) {
        double[] logProb = family.support().logProb(at(family), manager);

        at(family)
                .entropy()
                .ifPresent(entropy -> assertThat(entropy.getDouble(0, 0))
                        .isCloseTo(family.support().expect(logProb, i -> -logProb[i]), within(1e-9)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void aClosedDivergenceIsTheIntegralOfTheLogRatio(Case family) {
        double[] q = family.support().logProb(at(family), manager);
        double[] p = family.support().logProb(other(family), manager);

        at(family)
                .kl(other(family))
                .ifPresent(kl -> assertThat(kl.getDouble(0, 0))
                        .isCloseTo(family.support().expect(q, i -> q[i] - p[i]), within(1e-9)));
        at(family).kl(at(family)).ifPresent(kl -> assertThat(kl.getDouble(0, 0)).isCloseTo(0, within(1e-14)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void gradientsAgreeWithFiniteDifferences(Case family) {
        NDArray value = at(family).sample(Noise.seeded(9, 0, 0), 5);
        Function<NDArray, NDArray> score = parameters -> {
            Distribution q = family.make(parameters, 1, 1);
            NDArray total = parameters.square().sum().add(q.logProb(value).sum());
            total = total.add(q.mean().sin().sum());
            total = plus(total, q.entropy());
            return plus(total, q.kl(other(family)));
        };

        agree(score, point(family.parameters()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void differentiableSamplesHaveTheGradientOfTheirFormulaAndTheDensityOfTheirValue(Case family) {
        if (at(family) instanceof ReparameterizedDistribution q) {
            RecordedNoise recorded = new RecordedNoise(Noise.seeded(10, 0, 0), manager);
            Sample draw = q.rsample(recorded, 5);
            List<NDArray> noise = recorded.samples();

            assertThat(draw.logProb().orElseThrow().get().toDoubleArray())
                    .containsExactly(q.logProb(draw.value()).toDoubleArray(), within(1e-9));
            agree(parameters -> moved(family, parameters, noise), point(family.parameters()));
        } else {
            assertThat(List.of(Support.BINARY, Support.ONE_HOT, Support.BYTE_LEVELS)
                                    .contains(at(family).support())
                            || at(family) instanceof Mixture)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void shapesHoldForEachPairOfSamplesAndBatch(Case family) {
        NDArray parameters = point(family.parameters());
        Shape event = at(family).shape().slice(2);
        NDArray value = at(family).sample(Noise.seeded(11, 0, 0), 3).squeeze(1);
        for (long samples : new long[] {1, 4}) {
            for (long batch : new long[] {1, 3}) {
                Distribution q = family.make(parameters, samples, batch);
                long more = samples == 1 ? 6 : 1;

                assertThat(q.shape()).isEqualTo(new Shape(samples, batch).addAll(event));
                assertThat(q.mean().getShape()).isEqualTo(q.shape());
                assertThat(q.logProb(value).getShape()).isEqualTo(new Shape(samples, 3));
                NDArray drawn = q.sample(Noise.seeded(12, 0, 0), more);
                assertThat(drawn.getShape()).isEqualTo(new Shape(samples * more, batch).addAll(event));
                assertThat(q.logProb(drawn).getShape()).isEqualTo(new Shape(samples * more, batch));
                q.entropy().ifPresent(h -> assertThat(h.getShape()).isEqualTo(new Shape(samples, batch)));
                q.kl(other(family)).ifPresent(kl -> assertThat(kl.getShape()).isEqualTo(new Shape(samples, batch)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void samplesCarryNoGradient(Case family) {
        NDArray parameters = point(family.parameters());
        NDArray slope = gradient(
                p -> p.square()
                        .sum()
                        .add(family.make(p, 1, 1)
                                .sample(Noise.seeded(18, 0, 0), 3)
                                .sin()
                                .sum()),
                parameters);

        assertThat(slope.toDoubleArray())
                .containsExactly(Ops.scale(parameters, 2).toDoubleArray(), within(1e-14));
    }

    @ParameterizedTest
    @MethodSource("families")
    void drawsOfDifferentExamplesAreIndependent(Case family) {
        NDArray drawn = family.make(point(family.parameters()), 1, 2).sample(Noise.seeded(13, 0, 0), 1000);
        NDArray first = drawn.get(":, 0").reshape(1000, -1).get(":, 0");
        NDArray second = drawn.get(":, 1").reshape(1000, -1).get(":, 0");
        NDArray product = centered(first).mul(centered(second));

        agrees(product, 0);
    }

    @ParameterizedTest
    @MethodSource("families")
    void singlePrecisionGivesSinglePrecisionOfTheSameValues(Case family) {
        NDArray value = at(family).sample(Noise.seeded(14, 0, 0), 5);
        Distribution single = family.make(point(family.parameters()).toType(DataType.FLOAT32, true), 1, 1);
        NDArray logProb = single.logProb(value.toType(DataType.FLOAT32, true));

        assertThat(logProb.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(single.mean().getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(single.sample(Noise.seeded(15, 0, 0), 2).getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(logProb.toType(DataType.FLOAT64, true).toDoubleArray())
                .containsExactly(at(family).logProb(value).toDoubleArray(), within(1e-4));
        single.entropy()
                .ifPresent(entropy -> assertThat((double) entropy.getFloat(0, 0))
                        .isCloseTo(at(family).entropy().orElseThrow().getDouble(0, 0), within(1e-5)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void extremeParametersGiveFiniteValuesAndGradients(Case family) {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            NDArray values = corners(family, type);
            for (List<Double> extreme : family.extremes()) {
                NDArray parameters = point(extreme).toType(type, true);
                assertFinite(everything(family, parameters, values));
                assertFinite(gradient(p -> everything(family, p, values).sum(), parameters));
            }
        }
    }

    @Test
    void closedFormsExistForTheFamiliesThatHaveThem() {
        assertThat(families().filter(f -> at(f).entropy().isPresent()).map(Case::name))
                .containsExactly(
                        "standard normal",
                        "diagonal normal",
                        "Laplace",
                        "Bernoulli",
                        "categorical",
                        "continuous Bernoulli",
                        "continuous Bernoulli near one half",
                        "categorical levels",
                        "independent normals");
        assertThat(families().filter(f -> at(f).kl(other(f)).isPresent()).map(Case::name))
                .containsExactlyElementsOf(families()
                        .filter(f -> at(f).entropy().isPresent())
                        .map(Case::name)
                        .toList());
    }

    @Test
    void noDivergenceIsClaimedBetweenDifferentFamilies() {
        List<Case> all = families().toList();
        for (Case q : all) {
            for (Case p : all) {
                boolean sameFamily = at(q).getClass() == at(p).getClass();
                boolean bothNormal = q.name().matches("(standard|diagonal) normal")
                        && p.name().matches("(standard|diagonal) normal");
                if (!sameFamily && !bothNormal) {
                    assertThat(at(q).kl(at(p))).as(q + " against " + p).isEmpty();
                }
            }
        }
    }

    @Test
    void divergencesBetweenStandardAndDiagonalNormalAreIntegralsInBothDirections() {
        List<Case> normals = families().limit(2).toList();
        for (int i = 0; i < 2; i++) {
            Case from = normals.get(i);
            Case to = normals.get(1 - i);
            double[] q = from.support().logProb(at(from), manager);
            double[] p = from.support().logProb(at(to), manager);

            assertThat(at(from).kl(at(to)).orElseThrow().getDouble(0, 0))
                    .isCloseTo(from.support().expect(q, j -> q[j] - p[j]), within(1e-9));
        }
    }

    private NDArray point(List<Double> values) {
        return array(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private Distribution at(Case family) {
        return family.make(point(family.parameters()), 1, 1);
    }

    private Distribution other(Case family) {
        return family.make(point(family.others()), 1, 1);
    }

    /** Two points of the support that lie far apart. */
    private NDArray corners(Case family, DataType type) {
        double[][] points = family.support().points();
        double[] outer = points[0];
        double[] inner = points[points.length / 2 + 1];
        double[] both = Arrays.copyOf(outer, 2 * outer.length);
        System.arraycopy(inner, 0, both, outer.length, outer.length);
        Shape shape = new Shape(2).addAll(at(family).shape().slice(1));
        return array(both).reshape(shape).toType(type, true);
    }

    private NDArray everything(Case family, NDArray parameters, NDArray values) {
        Distribution q = family.make(parameters, 1, 1);
        Distribution p = family.make(point(family.others()).toType(parameters.getDataType(), true), 1, 1);
        NDArray all = q.logProb(values).sum().add(q.mean().sum());
        all = plus(plus(plus(all, q.entropy()), q.kl(p)), p.kl(q));
        if (q instanceof ReparameterizedDistribution drawn) {
            Sample draw = drawn.rsample(Noise.seeded(16, 0, 0), 1000);
            all = all.add(draw.value().mean())
                    .add(draw.logProb().orElseThrow().get().mean());
        }
        return all;
    }

    private static NDArray moved(Case family, NDArray parameters, List<NDArray> noise) {
        ReparameterizedDistribution q = (ReparameterizedDistribution) family.make(parameters, 1, 1);
        Sample draw = q.rsample(Noise.given(noise), 5);
        NDArray connected = parameters.square().sum();
        return connected
                .add(draw.value().sin().sum())
                .add(draw.logProb().orElseThrow().get().sum());
    }

    private static NDArray plus(NDArray total, Optional<NDArray> term) {
        return term.map(value -> total.add(value.sum())).orElse(total);
    }

    private static NDArray centered(NDArray x) {
        return x.sub(x.mean());
    }

    private void agree(Function<NDArray, NDArray> function, NDArray point) {
        double[] expected = differences(function, point);
        double[] found = gradient(function, point).toDoubleArray();
        IntStream.range(0, expected.length)
                .forEach(i ->
                        assertThat(found[i]).isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i])))));
    }

    private static void agrees(NDArray samples, double expected) {
        double mean = samples.mean().getDouble();
        double variance = samples.square().mean().getDouble() - mean * mean;
        assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(Math.max(variance, 0) / samples.size()) + 1e-12));
    }

    private static void assertFinite(NDArray array) {
        for (double value : Constraint.read(array)) {
            assertThat(value).isFinite();
        }
    }
}
