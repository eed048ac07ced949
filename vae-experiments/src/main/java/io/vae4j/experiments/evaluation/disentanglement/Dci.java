package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Disentanglement, completeness and informativeness (DCI): a forest learns each factor from the code; whether each
 * dimension matters for one factor, whether each factor needs one dimension, and how many factors it gets right of
 * examples held out. See {@link ImportanceMatrix} for the formulas.
 *
 * <p>Eastwood and Williams 2018, section 2, https://openreview.net/forum?id=By-7dz-AZ. Like the paper's, the forest has
 * 10 trees whose depth is chosen by examples held out from their growth; like disentanglement_lib's, which are boosted,
 * its trees name values instead of regressing on them, since not all factors have an order. Informativeness is hence an
 * accuracy, not the paper's error, and higher is better.
 */
public final class Dci implements DisentanglementMetric {

    /** A tree of a few splits would say of noise that all of it is in the dimensions it happened to split. */
    private static final int LEAST_DEPTH = 4;

    @Override
    public String title() {
        return "DCI";
    }

    @Override
    public String paper() {
        return "Eastwood and Williams 2018, section 2, https://openreview.net/forum?id=By-7dz-AZ";
    }

    @Override
    public Optional<String> incompatibility(Representation representation) {
        return Requirements.twoFactors(representation)
                .or(() -> Requirements.twoDimensions(representation))
                .or(() -> Requirements.someExamples(representation));
    }

    @Override
    public List<Score> scores(Representation representation, long seed) {
        Partition partition = Partition.of(representation.count(), seed);
        Learned[] learned = IntStream.range(0, representation.factorCount())
                .mapToObj(f -> learn(representation, partition, f, seed * representation.factorCount() + f))
                .toArray(Learned[]::new);
        double[][] importances = new double[representation.dimensions()][learned.length];
        for (int d = 0; d < importances.length; d++) {
            int dimension = d;
            Arrays.setAll(importances[d], f -> learned[f].importances()[dimension]);
        }
        ImportanceMatrix matrix = new ImportanceMatrix(importances);
        double right =
                Arrays.stream(learned).mapToDouble(Learned::accuracy).average().orElseThrow();
        return List.of(
                new Score("dci_disentanglement", matrix.disentanglement()),
                new Score("dci_completeness", matrix.completeness()),
                new Score("dci_informativeness", right));
    }

    /** What a forest found of one factor. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Learned(double[] importances, double accuracy) {}

    private static Learned learn(Representation representation, Partition partition, int f, long seed) {
        int[] train = partition.train();
        int[] grow = Arrays.copyOf(train, train.length - train.length / 5);
        int[] choose = Arrays.copyOfRange(train, grow.length, train.length);
        Quantiles quantiles = Quantiles.of(representation, grow);
        Seen all = new Seen(
                Arrays.stream(representation.codes()).map(quantiles::of).toArray(double[][]::new),
                representation.factor(f));
        Seen grown = all.only(grow);
        BaggedTrees trees = BaggedTrees.grow(
                grown.codes(), grown.factor(), representation.kind(f).values(), seed);
        int depth = depth(trees, all.only(choose));
        return new Learned(
                trees.importances(depth, representation.dimensions()),
                all.only(partition.test()).accuracy(trees, depth));
    }

    /** The depth that does best on examples that the trees have not seen, and the least of them where several do. */
    private static int depth(BaggedTrees trees, Seen examples) {
        return IntStream.rangeClosed(Math.min(LEAST_DEPTH, trees.depth()), trees.depth())
                .boxed()
                .max(Comparator.comparingDouble((Integer depth) -> examples.accuracy(trees, depth))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** Codes as trees see them, [N][D], and the value of one factor, [N]. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Seen(double[][] codes, int[] factor) {

        Seen only(int... examples) {
            return new Seen(
                    Arrays.stream(examples).mapToObj(n -> codes[n]).toArray(double[][]::new),
                    Arrays.stream(examples).map(n -> factor[n]).toArray());
        }

        double accuracy(BaggedTrees trees, int depth) {
            return IntStream.range(0, factor.length)
                    .mapToDouble(n -> trees.predict(depth, codes[n]) == factor[n] ? 1 : 0)
                    .average()
                    .orElseThrow();
        }
    }
}
