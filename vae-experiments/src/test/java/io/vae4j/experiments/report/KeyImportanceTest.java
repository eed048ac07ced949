package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;

class KeyImportanceTest {

    private static final double[] A = {2, 10, 50};
    private static final double[] B = {1e-4, 1e-3, 1e-2};
    private static final double[][] FIGURES = {{150, 121, 130}, {139, 108.5, 121}, {141, 112, 119.5}};

    /** Over a whole grid, SS_j is that of the means of the rows, and of the columns. */
    @Test
    void theSharesOfAGridAreThoseOfItsRowsAndColumnsWithoutWhatChanceExplains() {
        double mean =
                Arrays.stream(FIGURES).flatMapToDouble(Arrays::stream).average().orElseThrow();
        double total = 0;
        double rows = 0;
        double columns = 0;
        for (int i = 0; i < 3; i++) {
            double row = (FIGURES[i][0] + FIGURES[i][1] + FIGURES[i][2]) / 3;
            double column = (FIGURES[0][i] + FIGURES[1][i] + FIGURES[2][i]) / 3;
            rows += 3 * (row - mean) * (row - mean);
            columns += 3 * (column - mean) * (column - mean);
            for (double figure : FIGURES[i]) {
                total += (figure - mean) * (figure - mean);
            }
        }
        double chance = (total - rows - columns) / 4;
        KeyImportance found = KeyImportance.of(grid().result("a", "b")).orElseThrow();

        assertThat(found.effects().stream().map(KeyImportanceTest::name)).containsExactly("b", "a");
        assertThat(share(found, "a")).isCloseTo((rows - 2 * chance) / total, within(1e-12));
        assertThat(share(found, "b")).isCloseTo((columns - 2 * chance) / total, within(1e-12));
        assertThat(found.effects().get(1).means()).containsExactly(401 / 3.0, 368.5 / 3, 372.5 / 3);
    }

    private static SweptSettings grid() {
        SweptSettings grid = new SweptSettings();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                grid.with(A[i], B[j], "x", Map.of(4, FIGURES[i][j]));
            }
        }
        return grid;
    }

    /** What a model loses without a key, by commons-math's least squares over columns of its own. */
    @Test
    void theSharesOfRandomSettingsAreThoseOfLeastSquares() {
        SplittableRandom random = new SplittableRandom(3);
        int n = 40;
        SweptSettings settings = new SweptSettings();
        double[] a = new double[n];
        String[] c = new String[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            a[i] = 1 + random.nextInt(4);
            c[i] = "xyz".substring(random.nextInt(3)).substring(0, 1);
            y[i] = 100 + 3 * a[i] + (c[i].equals("y") ? 4 : 0) + random.nextDouble();
            settings.with(a[i], 1, c[i], Map.of(4, y[i]));
        }
        List<double[]> ofA = indicators(n, i -> a[i] == 2, i -> a[i] == 3, i -> a[i] == 4);
        List<double[]> ofC = indicators(n, i -> c[i].equals("y"), i -> c[i].equals("z"));
        double rest = left(y, List.of(ofA, ofC)) / (n - 6);
        double total = left(y, List.of());
        KeyImportance found = KeyImportance.of(settings.result("a", "c")).orElseThrow();

        assertThat(share(found, "a"))
                .isCloseTo((left(y, List.of(ofC)) - left(y, List.of(ofA, ofC)) - 3 * rest) / total, within(1e-9));
        assertThat(share(found, "c"))
                .isCloseTo((left(y, List.of(ofA)) - left(y, List.of(ofA, ofC)) - 2 * rest) / total, within(1e-9));
    }

    private static List<double[]> indicators(int n, IntPredicate... groups) {
        return Arrays.stream(groups)
                .map(group -> IntStream.range(0, n)
                        .mapToDouble(i -> group.test(i) ? 1 : 0)
                        .toArray())
                .toList();
    }

    /** The sum of squares that columns do not explain. */
    private static double left(double[] y, List<List<double[]>> keys) {
        List<double[]> columns = keys.stream().flatMap(List::stream).toList();
        if (columns.isEmpty()) {
            double mean = Arrays.stream(y).average().orElseThrow();
            return Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum();
        }
        double[][] x = new double[y.length][columns.size()];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                x[i][j] = columns.get(j)[i];
            }
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.newSampleData(y, x);
        return regression.calculateResidualSumOfSquares();
    }

    /** A share by itself would be (groups - 1) / (n - 1) of noise. */
    @Test
    void aKeyOfNoEffectHasNoShareOnTheAverage() {
        SplittableRandom random = new SplittableRandom(5);
        double mean = IntStream.range(0, 200)
                .mapToDouble(again -> {
                    SweptSettings settings = new SweptSettings();
                    for (int i = 0; i < 12; i++) {
                        settings.with(i % 3, 1, "xy".substring(i % 2, i % 2 + 1), Map.of(1, random.nextDouble()));
                    }
                    return share(KeyImportance.of(settings.result("a", "c")).orElseThrow(), "a");
                })
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(0, within(0.03));
    }

    @Test
    void numbersOfManyValuesAreGroupedWithTheirNeighbors() {
        SweptSettings settings = new SweptSettings();
        for (int i = 0; i < 30; i++) {
            settings.with(i, 1e-4 * Math.pow(1.1, (7 * i) % 30), "x", Map.of(4, Math.floor(i / 10.0)));
        }
        KeyImportance found = KeyImportance.of(settings.result("a", "b")).orElseThrow();
        KeyGroups groups = found.effects().get(0).groups();

        assertThat(found.effects().get(0).groups().key().name()).isEqualTo("a");
        assertThat(groups.groups()).hasSize(5);
        assertThat(groups.groups().get(0).label()).isEqualTo("0 to 5");
        assertThat(groups.groups())
                .allSatisfy(group -> assertThat(group.settings()).hasSize(6));
    }

    /** Of successive halving most settings have the figure of the first rung alone. */
    @Test
    void settingsAreComparedAfterTheEpochThatMostHaveReached() {
        SweptSettings settings = new SweptSettings();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                boolean further = i == 2;
                settings.with(
                        A[i], B[j], "x", further ? Map.of(1, FIGURES[i][j], 3, 50.0 + j) : Map.of(1, FIGURES[i][j]));
            }
        }
        KeyImportance found = KeyImportance.of(settings.result("a", "b")).orElseThrow();

        assertThat(found.epoch()).isEqualTo(1);
        assertThat(found.settings()).isEqualTo(9);
        assertThat(share(found, "b"))
                .isCloseTo(share(KeyImportance.of(grid().result("a", "b")).orElseThrow(), "b"), within(1e-12));
    }

    @Test
    void aSettingThatWentAstrayCountsAsAtTheFence() {
        SweptSettings tame = grid().with(2, 1e-2, "x", Map.of(4, 700.0));
        SweptSettings wild = grid().with(2, 1e-2, "x", Map.of(4, 1e9));

        assertThat(share(KeyImportance.of(wild.result("a", "b")).orElseThrow(), "a"))
                .isEqualTo(share(KeyImportance.of(tame.result("a", "b")).orElseThrow(), "a"));
    }

    @Test
    void fewSettingsOneKeyAndEqualFiguresTellNothing() {
        SweptSettings few = new SweptSettings();
        SweptSettings equal = new SweptSettings();
        for (int i = 0; i < 4; i++) {
            few.with(i % 2, B[i / 2], "x", Map.of(1, 100.0 + i));
        }
        for (int i = 0; i < 12; i++) {
            equal.with(i % 2, B[i % 3], "x", Map.of(1, 0.1));
        }

        assertThat(KeyImportance.of(few.result("a", "b"))).isEmpty();
        assertThat(KeyImportance.of(grid().result("a"))).isEmpty();
        assertThat(KeyImportance.of(equal.result("a", "b"))).isEmpty();
        assertThat(KeyImportance.of(new SweptSettings().result("a", "b"))).isEmpty();
    }

    private static double share(KeyImportance found, String key) {
        return found.effects().stream()
                .filter(effect -> name(effect).equals(key))
                .mapToDouble(KeyImportance.Effect::share)
                .findFirst()
                .orElseThrow();
    }

    private static String name(KeyImportance.Effect effect) {
        return effect.groups().key().name();
    }
}
