package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Labels.Factor;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement.NotApplicable;
import io.vae4j.experiments.evaluation.disentanglement.Disentanglement.Scored;
import io.vae4j.experiments.evaluation.disentanglement.DisentanglementMetric.Score;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, what is set aside, and what is said where a metric does not apply. */
class RepresentationTest {

    private static final Labels.Factors FACTORS = Known.grid(2, 2, 3);

    @Test
    void aCodeThatIsNotFiniteIsRefusedWithItsExample() {
        double[][] codes = new double[12][2];
        codes[7][1] = Double.NaN;

        assertThatThrownBy(() -> Representation.of(codes, FACTORS))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("example 7 is not finite");
    }

    @Test
    void oneExampleIsRefused() {
        assertThatThrownBy(() -> Representation.of(new double[1][2], (Labels.Factors) FACTORS.select(0)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("1 example");
    }

    @Test
    void factorsThatDoNotDifferAreSetAsideByName() {
        Labels.Factors reds = new Labels.Factors(
                List.of(new Factor("color", 3), new Factor("size", 3)),
                IntStream.range(0, 12).mapToObj(n -> new int[] {1, n % 3}).toArray(int[][]::new));
        Representation representation = Representation.of(new double[12][2], reds);

        assertThat(representation.constant()).containsExactly("color");
        assertThat(representation.factors().factors()).containsExactly(new Factor("size", 3));
        assertThat(representation.factor(0)).startsWith(0, 1, 2, 0);
    }

    @Test
    void examplesThatDifferInNoFactorAreRefusedWithTheFactorsNames() {
        assertThatThrownBy(() -> Representation.of(new double[2][2], (Labels.Factors) FACTORS.select(0, 6)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no factor differs")
                .hasMessageContaining("factor 0, factor 1");
    }

    @Test
    void asManyCodesAsFactorsAreWanted() {
        assertThatThrownBy(() -> Representation.of(new double[3][2], FACTORS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 codes for the factors of 12 examples");
    }

    /** One factor leaves nothing to be told apart, but the gap between two dimensions. */
    @Test
    void whatDoesNotApplyIsSaidWithTheReason() {
        Labels.Factors one = Known.grid(20, 4);
        Disentanglement result = Disentanglement.of(Known.of(one, v -> new double[] {v[0], 0}), 0);

        assertThat(result.scores()).containsOnlyKeys("mig", "sap");
        assertThat(result.notApplicable())
                .containsOnlyKeys("beta-VAE score", "FactorVAE score", "DCI", "Modularity")
                .allSatisfy((title, reason) -> assertThat(reason).contains("only factor 0 varies"));
    }

    @Test
    void aCodeOfOneDimensionHasNoSecondBest() {
        Disentanglement result = Disentanglement.of(Known.of(Known.grid(20, 2, 2), v -> new double[] {v[0]}), 0);

        assertThat(result.scores()).containsOnlyKeys("beta_vae_score", "factor_vae_score", "modularity");
        assertThat(result.notApplicable()).containsOnlyKeys("MIG", "DCI", "SAP");
    }

    /** Pairs that share the value of a factor cannot be drawn if it names each example. */
    @Test
    void aFactorThatNamesEachExampleLeavesNoPairs() {
        int[][] of = IntStream.range(0, 12).mapToObj(n -> new int[] {n, n % 2}).toArray(int[][]::new);
        Labels.Factors factors = new Labels.Factors(List.of(new Factor("number", 12), new Factor("parity", 2)), of);
        Disentanglement result = Disentanglement.of(Known.of(factors, Known::perfect), 0);

        assertThat(result.notApplicable()).containsOnlyKeys("beta-VAE score", "FactorVAE score");
        assertThat(result.notApplicable().get("FactorVAE score")).isEqualTo("no two examples have one value of number");
    }

    @Test
    void pairsShareTheFactorThatIsFixedAndNoOther() {
        Representation representation = Known.of(Known.grid(3, 4, 5), v -> new double[] {v[0], v[1]});
        FixedFactor fixed = new FixedFactor(representation, 0);
        boolean[] others = new boolean[5];
        for (int i = 0; i < 200; i++) {
            int example = fixed.example(0);
            double[] like = fixed.like(example, 0);

            assertThat(like[0]).isEqualTo(representation.codes()[example][0]);
            others[(int) like[1]] = true;
        }
        assertThat(others).containsOnly(true);
    }

    /** A seventh metric, as a plugin would bring it. */
    public static final class OwnMetrics implements DisentanglementMetricProvider, DisentanglementMetric {

        @Override
        public List<DisentanglementMetric> metrics() {
            return List.of(this);
        }

        @Override
        public String title() {
            return "Own";
        }

        @Override
        public String paper() {
            return "none";
        }

        @Override
        public List<Score> scores(Representation representation, long seed) {
            return List.of(new Score("own", representation.count()));
        }
    }

    @Test
    void metricsOfPluginsComeAfterOurs(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(DisentanglementMetricProvider.class.getName()), OwnMetrics.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader plugin =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(plugin);
            Disentanglement result = Disentanglement.of(Known.of(Known.grid(20, 4), v -> new double[] {v[0], 0}), 0);

            assertThat(result.scores()).containsEntry("own", 80.0);
            assertThat(result.outcomes()).hasSize(7).last().isInstanceOf(Scored.class);
            assertThat(result.outcomes().get(0)).isInstanceOf(NotApplicable.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void twoScoresOfOneKeyAreRefused() {
        OwnMetrics own = new OwnMetrics();
        Scored scored = new Scored(own, List.of(new Score("own", 1)));

        assertThatThrownBy(() -> new Disentanglement(List.of(scored, scored), 2, 2, List.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("already a score own");
    }
}
