package io.vae4j.experiments.evaluation.disentanglement;

import io.vae4j.experiments.data.Permutation;
import io.vae4j.experiments.evaluation.disentanglement.DecisionTree.Leaf;
import io.vae4j.experiments.evaluation.disentanglement.DecisionTree.Split;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A forest that tells one factor from codes: trees by CART (Breiman et al. 1984) that look at all dimensions at each
 * split, each grown by Tribuo on examples drawn with replacement (Breiman 1996), with one vote each.
 *
 * <p>Tribuo counts how often a feature is split at, which says little: far down, trees split noise. The importance of a
 * dimension is by how much its splits lessen Gini's impurity over the examples that the trees were grown on, as in
 * scikit-learn; the trees are read and given these examples once more for it.
 */
final class BaggedTrees {

    private static final int TREES = 10;

    private final List<DecisionTree> trees;
    private final int dimensions;
    private final int classes;

    private BaggedTrees(List<DecisionTree> trees, int dimensions, int classes) {
        this.trees = trees;
        this.dimensions = dimensions;
        this.classes = classes;
    }

    /**
     * Grows the trees.
     *
     * @param features [N][D]
     * @param of the class of each, counted from 0, [N]
     */
    static BaggedTrees grow(double[][] features, int[] of, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Growth growth = new Growth(features, of, 1 + Arrays.stream(of).max().orElseThrow());
        List<DecisionTree> trees =
                Stream.generate(() -> growth.tree(random)).limit(TREES).toList();
        return new BaggedTrees(trees, features[0].length, growth.classes());
    }

    /** How many splits the longest way down any of them has. */
    int depth() {
        return trees.stream().mapToInt(DecisionTree::depth).max().orElseThrow();
    }

    /** The class that most trees name when they are cut at a depth. */
    int predict(int depth, double... features) {
        int[] votes = new int[classes];
        trees.forEach(tree -> votes[tree.predict(depth, features)]++);
        return DecisionTree.largest(votes);
    }

    /** The share of each dimension in what the splits above a depth did, [D]; all 0 if there is no split. */
    double[] importances(int depth) {
        double[] sums = new double[dimensions];
        trees.forEach(tree -> tree.addImportances(depth, sums));
        double all = Arrays.stream(sums).sum();
        return Arrays.stream(sums).map(sum -> all > 0 ? sum / all : 0).toArray();
    }

    /** What trees are grown on, and then read by. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Growth(double[][] features, int[] of, int classes) {

        /** Tribuo takes the first of features that split alike; in a random order, each is the first in its turn. */
        DecisionTree tree(SplittableRandom random) {
            int[] order = Permutation.of(features[0].length, random);
            TreeModel<Label> grown = new CARTClassificationTrainer().train(drawn(order, random));
            int[] original = new int[order.length];
            grown.getFeatureIDMap()
                    .forEach(info -> original[grown.getFeatureIDMap().getID(info.getName())] =
                            order[Integer.parseInt(info.getName())]);
            return read(grown.getRoot(), original, IntStream.range(0, of.length).toArray());
        }

        /** As many examples, with replacement. */
        private Dataset<Label> drawn(int[] order, SplittableRandom random) {
            String[] names =
                    IntStream.range(0, order.length).mapToObj(Integer::toString).toArray(String[]::new);
            LabelFactory labels = new LabelFactory();
            MutableDataset<Label> drawn = new MutableDataset<>(new SimpleDataSourceProvenance("codes", labels), labels);
            random.ints(of.length, 0, of.length).forEach(n -> {
                double[] values =
                        Arrays.stream(order).mapToDouble(d -> features[n][d]).toArray();
                drawn.add(new ArrayExample<>(new Label(Integer.toString(of[n])), names, values));
            });
            return drawn;
        }

        /** @param original the dimension of each of Tribuo's features */
        private DecisionTree read(Node<Label> node, int[] original, int... examples) {
            int[] counts = counts(examples);
            int majority = DecisionTree.largest(counts);
            if (!(node instanceof SplitNode<Label> split)) {
                return new Leaf(majority);
            }
            int feature = original[split.getFeatureID()];
            double threshold = split.splitValue();
            int[] low = Arrays.stream(examples)
                    .filter(n -> features[n][feature] <= threshold)
                    .toArray();
            int[] high = Arrays.stream(examples)
                    .filter(n -> features[n][feature] > threshold)
                    .toArray();
            double after = DecisionTree.impurity(counts(low)) + DecisionTree.impurity(counts(high));
            return new Split(
                    majority,
                    feature,
                    threshold,
                    DecisionTree.impurity(counts) - after,
                    read(split.getLessThanOrEqual(), original, low),
                    read(split.getGreaterThan(), original, high));
        }

        private int[] counts(int... examples) {
            int[] counts = new int[classes];
            for (int n : examples) {
                counts[of[n]]++;
            }
            return counts;
        }
    }
}
