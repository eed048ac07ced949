package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.evaluation.disentanglement.DecisionTree.Leaf;
import io.vae4j.experiments.evaluation.disentanglement.DecisionTree.Split;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaggedTreesTest {

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void theyLearnWhatNeedsTwoDimensionsAndFindBothImportant() {
        double[][] features = uniform(600, 4);
        int[] of = Arrays.stream(features)
                .mapToInt(x -> (x[1] > 0.5 ? 2 : 0) + (x[3] > 0.3 ? 1 : 0))
                .toArray();
        BaggedTrees trees = BaggedTrees.grow(features, of, 0);
        double[] importances = trees.importances(trees.depth());

        assertThat(accuracy(trees, features, of)).isGreaterThan(0.99);
        assertThat(Arrays.stream(importances).sum()).isCloseTo(1, within(1e-12));
        assertThat(importances[1] + importances[3]).isGreaterThan(0.99);
        // from 1 - 2 (0.15^2 + 0.35^2) = 0.71 to 1 - 0.3^2 - 0.7^2 = 0.42 by the first split, and to 0 by the second
        assertThat(importances[1]).isCloseTo(0.29 / 0.71, within(0.04));
    }

    /** Which is the first of two that are alike is up to each tree. */
    @Test
    void copiesShareTheImportance() {
        double[][] features = uniform(300, 2);
        Arrays.stream(features).forEach(x -> x[1] = x[0]);
        int[] of = Arrays.stream(features).mapToInt(x -> x[0] > 0.5 ? 1 : 0).toArray();
        double[] shares = BaggedTrees.grow(features, of, 3).importances(1);

        assertThat(Math.min(shares[0], shares[1])).isGreaterThan(0.1);
    }

    @Test
    void namesOfMoreThanTenDimensionsAreNotMixedUp() {
        double[][] features = uniform(300, 12);
        int[] of = Arrays.stream(features).mapToInt(x -> x[11] > 0.5 ? 1 : 0).toArray();

        assertThat(BaggedTrees.grow(features, of, 3).importances(1)[11]).isCloseTo(1, within(0.01));
    }

    @Test
    void whatDoesNotDifferIsNotSplit() {
        BaggedTrees trees = BaggedTrees.grow(new double[30][2], new int[30], 0);

        assertThat(trees.depth()).isZero();
        assertThat(trees.importances(5)).containsOnly(0);
        assertThat(trees.predict(3, 0, 0)).isZero();
    }

    @Test
    void aTreeThatIsCutSaysWhatMostOfItsExamplesAre() {
        DecisionTree tree = new Split(2, 0, 0.5, 7, new Leaf(0), new Split(1, 1, 0, 3, new Leaf(1), new Leaf(2)));
        double[] shallow = new double[2];
        double[] deep = new double[2];
        tree.addImportances(1, shallow);
        tree.addImportances(9, deep);

        assertThat(tree.depth()).isEqualTo(2);
        assertThat(tree.predict(0, 0.9, 1)).isEqualTo(2);
        assertThat(tree.predict(1, 0.9, 1)).isEqualTo(1);
        assertThat(tree.predict(2, 0.9, 1)).isEqualTo(2);
        assertThat(tree.predict(2, 0.5, 1)).isZero();
        assertThat(shallow).containsExactly(7, 0);
        assertThat(deep).containsExactly(7, 3);
    }

    /** 1 - sum p^2, times 4. */
    @Test
    void theImpurityIsTheChanceThatTwoExamplesDiffer() {
        assertThat(DecisionTree.impurity(2, 1, 1)).isCloseTo(4 * (1 - 0.25 - 2 * 0.0625), within(1e-12));
        assertThat(DecisionTree.impurity(0, 4)).isZero();
    }

    /** So that a tree sees the same order in them. */
    @Test
    void quantilesKeepTheOrderAndWhatIsEqual() {
        double[] values = random.doubles(200, 0, 6).map(v -> Math.rint(10 * v)).toArray();
        Quantiles quantiles =
                new Quantiles(new double[][] {Arrays.stream(values).sorted().toArray()});

        for (double a : values) {
            for (double b : values) {
                assertThat(Double.compare(quantiles.of(a)[0], quantiles.of(b)[0]))
                        .isEqualTo(Double.compare(a, b));
            }
        }
        assertThat(quantiles.of(-100)).containsExactly(0);
        assertThat(quantiles.of(100)).containsExactly(256);
    }

    private static double accuracy(BaggedTrees trees, double[][] features, int... of) {
        double right = 0;
        for (int n = 0; n < of.length; n++) {
            right += trees.predict(trees.depth(), features[n]) == of[n] ? 1 : 0;
        }
        return right / of.length;
    }

    private double[][] uniform(int count, int dimensions) {
        double[][] features = new double[count][];
        Arrays.setAll(features, n -> random.doubles(dimensions).toArray());
        return features;
    }
}
