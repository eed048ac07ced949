package io.vae4j.experiments.evaluation.disentanglement;

import java.util.Arrays;
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
        Shares shares = Shares.of(representation.count(), seed);
        Quantiles quantiles = Quantiles.of(representation, shares.grow());
        double[][] codes =
                Arrays.stream(representation.codes()).map(quantiles::of).toArray(double[][]::new);
        List<Learned> learned = IntStream.range(0, representation.factorCount())
                .mapToObj(f -> learn(new Seen(codes, representation.factor(f)), shares, seed + f))
                .toList();
        ImportanceMatrix matrix = ImportanceMatrix.ofColumns(
                learned.stream().map(Learned::importances).toList());
        return List.of(
                new Score("dci_disentanglement", matrix.disentanglement()),
                new Score("dci_completeness", matrix.completeness()),
                new Score(
                        "dci_informativeness",
                        learned.stream()
                                .mapToDouble(Learned::accuracy)
                                .average()
                                .orElseThrow()));
    }

    /** What a forest found of one factor. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Learned(double[] importances, double accuracy) {}

    private static Learned learn(Seen all, Shares shares, long seed) {
        Seen grown = all.only(shares.grow());
        BaggedTrees trees = BaggedTrees.grow(grown.codes(), grown.factor(), seed);
        int depth = depth(trees, all.only(shares.choose()));
        return new Learned(trees.importances(depth), all.only(shares.test()).accuracy(trees, depth));
    }

    /**
     * The least depth whose accuracy, on examples that the trees have not seen, is within a standard error of the best
     * one's (Breiman et al. 1984, section 3.4.3): votes stay right long after trees have begun to split noise.
     */
    private static int depth(BaggedTrees trees, Seen examples) {
        int least = Math.min(LEAST_DEPTH, trees.depth());
        double[] accuracies = IntStream.rangeClosed(least, trees.depth())
                .mapToDouble(depth -> examples.accuracy(trees, depth))
                .toArray();
        double best = Arrays.stream(accuracies).max().orElseThrow();
        double error = Math.sqrt(best * (1 - best) / examples.factor().length);
        return IntStream.range(0, accuracies.length)
                .filter(i -> accuracies[i] >= best - error)
                .map(i -> least + i)
                .findFirst()
                .orElseThrow();
    }

    /** The examples that trees are grown on, those that choose their depth, and those that judge them. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves this class
    private record Shares(int[] grow, int[] choose, int[] test) {

        static Shares of(int count, long seed) {
            Partition partition = Partition.of(count, seed);
            int[] train = partition.train();
            int grow = train.length - train.length / 5;
            return new Shares(
                    Arrays.copyOf(train, grow), Arrays.copyOfRange(train, grow, train.length), partition.test());
        }
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
