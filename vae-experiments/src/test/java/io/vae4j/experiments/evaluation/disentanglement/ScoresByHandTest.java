package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Labels.Factor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.Test;

/** Formulas on examples that are small enough to compute by hand. */
class ScoresByHandTest {

    private static final double LN2 = Math.log(2);

    /** I = H(b) - H(b|a): b is 0 or 1 alike where a is 0, and 1 where a is 1. */
    @Test
    void mutualInformationIsWhatKnowingOneTakesOffTheEntropyOfTheOther() {
        int[] a = {0, 0, 1, 1};
        int[] b = {0, 1, 1, 1};
        double entropyOfB = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);

        assertThat(MutualInformation.entropy(b)).isCloseTo(entropyOfB, within(1e-15));
        assertThat(MutualInformation.between(a, b)).isCloseTo(entropyOfB - 0.5 * LN2, within(1e-15));
        assertThat(MutualInformation.between(b, a)).isCloseTo(entropyOfB - 0.5 * LN2, within(1e-15));
    }

    @Test
    void whatIsIndependentKnowsExactlyNothing() {
        int[] a = {0, 0, 0, 1, 1, 1, 2, 2, 2};
        int[] b = {0, 1, 2, 0, 1, 2, 0, 1, 2};

        assertThat(MutualInformation.between(a, b)).isZero();
        assertThat(MutualInformation.between(new int[9], b)).isZero();
    }

    @Test
    void thereAreTwentyBinsOfOneWidth() {
        double[] middles =
                IntStream.range(0, 20).mapToDouble(bin -> 5 * bin + 2.5).toArray();
        double[] values = DoubleStream.concat(DoubleStream.of(0, 5, 100), Arrays.stream(middles))
                .toArray();
        int[] bins = MutualInformation.binned(values);

        assertThat(bins).startsWith(0, 1, 19);
        assertThat(Arrays.copyOfRange(bins, 3, 23))
                .isEqualTo(IntStream.range(0, 20).toArray());
        assertThat(MutualInformation.binned(3, 3, 3)).containsOnly(0);
    }

    /**
     * v is one of four values; z_1 knows both of its bits, z_2 the first one, z_3 nothing; and w, a coin, is known to
     * z_3. The gap is (2 - 1) / 2 bits of v and (1 - 0) / 1 bits of w.
     */
    @Test
    void theGapIsThatToTheSecondBestInUnitsOfTheFactorsEntropy() {
        int[][] of =
                IntStream.range(0, 8).mapToObj(n -> new int[] {n / 2, n % 2}).toArray(int[][]::new);
        Labels.Factors factors = new Labels.Factors(List.of(new Factor("v", 4), new Factor("w", 2)), of);
        Representation representation = Known.of(factors, v -> new double[] {v[0], Math.floorDiv(v[0], 2), v[1]});

        assertThat(new MutualInformationGap().scores(representation, 0).get(0).value())
                .isCloseTo((0.5 + 1) / 2, within(1e-12));
    }

    /**
     * Squares of 0.5 beside squares of 1: a deviation of 0.25 / 2 for the first, none for the second, all for the
     * third.
     */
    @Test
    void modularityIsLostByWhatADimensionKnowsOfFactorsThatAreNotItsOwn() {
        double[][] information = {{1, 0.5, 0}, {0, 0, 3}, {2, 2, 2}, {0, 0, 0}};

        assertThat(Modularity.of(information)).isCloseTo((0.875 + 1 + 0 + 0) / 4, within(1e-15));
    }

    @Test
    void ofTwoFactorsAlikeInTenADimensionLosesANinthOfItsModularity() {
        assertThat(Modularity.of(twoFactorsEach())).isCloseTo(1 - 1.0 / 9, within(1e-12));
    }

    @Test
    void aDiagonalOfImportancesIsDisentangledAndComplete() {
        ImportanceMatrix diagonal = new ImportanceMatrix(new double[][] {{5, 0, 0}, {0, 5, 0}, {0, 0, 5}, {0, 0, 0}});

        assertThat(diagonal.disentanglement()).isCloseTo(1, within(1e-12));
        assertThat(diagonal.completeness()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aDimensionOfTwoFactorsIsCompleteAndNotDisentangled() {
        ImportanceMatrix matrix = new ImportanceMatrix(twoFactorsEach());

        assertThat(matrix.disentanglement()).isCloseTo(1 - LN2 / Math.log(10), within(1e-12));
        assertThat(matrix.completeness()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aFactorInTwoDimensionsIsDisentangledAndNotComplete() {
        double[][] transposed = new double[10][5];
        IntStream.range(0, 10).forEach(d -> Arrays.setAll(transposed[d], f -> twoFactorsEach()[f][d]));
        ImportanceMatrix matrix = new ImportanceMatrix(transposed);

        assertThat(matrix.disentanglement()).isCloseTo(1, within(1e-12));
        assertThat(matrix.completeness()).isCloseTo(1 - LN2 / Math.log(10), within(1e-12));
    }

    /** The first dimension has 3 of 4 parts and is torn between two factors, the second has 1 and is not. */
    @Test
    void dimensionsCountByHowImportantTheyAre() {
        ImportanceMatrix matrix = new ImportanceMatrix(new double[][] {{1.5, 1.5}, {0, 1}});

        assertThat(matrix.disentanglement()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void whereNothingIsImportantNothingIsDisentangled() {
        ImportanceMatrix nothing = new ImportanceMatrix(new double[4][3]);

        assertThat(nothing.disentanglement()).isZero();
        assertThat(nothing.completeness()).isZero();
    }

    @Test
    void theVarianceIsTheUnbiasedOne() {
        double[] values = {1.5, -2, 7, 7.25};

        assertThat(FactorVaeScore.variance(values)).isCloseTo(new Variance().evaluate(values), within(1e-12));
    }

    /**
     * A dimension that stands for the first factor, beside one of noise. Where it has collapsed, the noise has all
     * votes, and half of them are right; otherwise the first factor's are right, and half of the others.
     */
    @Test
    void collapsedDimensionsTakeNoVotes() {
        Labels.Factors factors = Known.grid(100, 3, 3);
        Function<int[], double[]> noise = Known.noise(1);
        Representation collapsed = Known.of(factors, v -> new double[] {0.01 * v[0], noise.apply(v)[0]});
        Representation active = Known.of(factors, v -> new double[] {v[0], noise.apply(v)[0]});

        assertThat(factorVae(collapsed)).isCloseTo(0.5, within(0.03));
        assertThat(factorVae(active)).isGreaterThan(0.65);
    }

    /** Dimensions of one factor only: whatever is fixed, the same dimension has the vote, and one of three is right. */
    @Test
    void aDimensionStandsForTheFactorThatMostOfItsVotesCameFrom() {
        Labels.Factors factors = Known.grid(20, 2, 2, 2);
        Representation one = Known.of(factors, v -> new double[] {v[0]});

        assertThat(factorVae(one)).isCloseTo(1.0 / 3, within(0.03));
    }

    private static double factorVae(Representation representation) {
        return new FactorVaeScore().scores(representation, 0).get(0).value();
    }

    /** Five dimensions, each as important for one factor as for another, of ten. */
    private static double[][] twoFactorsEach() {
        double[][] matrix = new double[5][10];
        for (int d = 0; d < 5; d++) {
            matrix[d][d] = 5;
            matrix[d][d + 5] = 5;
        }
        return matrix;
    }
}
