package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vae4j.experiments.data.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every metric says of representations about which there is no doubt. */
class KnownRepresentationsTest {

    private static final Labels.Factors TERNARY = Known.grid(40, 3, 3, 3);
    private static final Labels.Factors BINARY = Known.grid(120, 2, 2, 2);
    private static final double CHANCE = 1.0 / 3;

    private static Map<String, Double> scores(Labels.Factors factors, Function<int[], double[]> code) {
        return Disentanglement.of(Known.of(factors, code), 1).scores();
    }

    /** Of a factor with two values, a dimension that knows nothing guesses half: SAP can be no more than that. */
    @Test
    void factorsInAnotherOrderAndOnAnotherScaleArePerfect() {
        Map<String, Double> scores = scores(BINARY, Known::perfect);

        assertThat(scores.get("sap")).isCloseTo(0.5, within(0.05));
        scores.forEach((key, value) -> {
            if (!key.equals("sap")) {
                assertThat(value).as(key).isCloseTo(1, within(1e-9));
            }
        });
    }

    /**
     * Two dimensions know of two factors alike, the third of its own: what is left of each gap and of each dimension's
     * modularity is computed by hand; a tree splits by either of the two first.
     */
    @Test
    void turningTwoFactorsByFortyFiveDegreesIsSeen() {
        Map<String, Double> perfect = scores(TERNARY, Known::perfect);
        Map<String, Double> rotated = scores(TERNARY, Known::rotated);

        assertThat(rotated.get("mig")).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(rotated.get("modularity")).isCloseTo((0.5 + 0.5 + 1) / 3, within(1e-9));
        assertThat(rotated.get("factor_vae_score")).isLessThan(0.85);
        assertThat(rotated.get("dci_disentanglement")).isLessThan(0.65);
        assertThat(rotated.get("dci_completeness")).isLessThan(0.65);
        assertThat(rotated.get("dci_informativeness")).isCloseTo(1, within(1e-9));
        assertThat(rotated.get("sap")).isLessThan(0.7 * Objects.requireNonNull(perfect.get("sap")));
        assertThat(rotated.get("beta_vae_score")).isLessThan(Objects.requireNonNull(perfect.get("beta_vae_score")));
    }

    /** No factor is in one dimension alone, and no dimension knows of two factors. */
    @Test
    void aSecondCopyIsAFaultToThoseThatWantOneDimensionForAFactor() {
        Map<String, Double> scores = scores(TERNARY, Known::redundant);

        assertThat(scores.get("mig")).isCloseTo(0, within(1e-12));
        assertThat(scores.get("sap")).isCloseTo(0, within(1e-12));
        // half of each of two out of six; the trees that split one or the other are ten
        assertThat(scores.get("dci_completeness")).isCloseTo(1 - Math.log(2) / Math.log(6), within(0.1));
        assertThat(scores.get("dci_disentanglement")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("factor_vae_score")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("beta_vae_score")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("modularity")).isCloseTo(1, within(1e-9));
    }

    @Test
    void noiseIsNothing() {
        Map<String, Double> scores = scores(TERNARY, Known.noise(3));

        assertThat(scores.get("mig")).isCloseTo(0, within(0.02));
        assertThat(scores.get("dci_disentanglement")).isCloseTo(0, within(0.05));
        assertThat(scores.get("dci_completeness")).isCloseTo(0, within(0.05));
        assertThat(scores.get("sap")).isCloseTo(0, within(0.05));
        assertThat(scores.get("dci_informativeness")).isCloseTo(CHANCE, within(0.1));
        assertThat(scores.get("beta_vae_score")).isCloseTo(CHANCE, within(0.05));
        assertThat(scores.get("factor_vae_score")).isCloseTo(CHANCE, within(0.05));
    }

    /** An example paired with itself would tell how few have the value of its factor. */
    @Test
    void noiseIsNothingWhereOneFactorHasManyMoreValuesThanAnother() {
        Map<String, Double> scores = scores(Known.grid(3, 2, 60), Known.noise(5));

        assertThat(scores.get("beta_vae_score")).isCloseTo(0.5, within(0.15));
    }

    @Test
    void aCodeThatNeverChangesIsNothing() {
        Map<String, Double> scores = scores(TERNARY, Known::constant);

        assertThat(scores)
                .containsEntry("mig", 0.0)
                .containsEntry("factor_vae_score", 0.0)
                .containsEntry("dci_disentanglement", 0.0)
                .containsEntry("dci_completeness", 0.0)
                .containsEntry("sap", 0.0)
                .containsEntry("modularity", 0.0);
        assertThat(scores.get("beta_vae_score")).isCloseTo(CHANCE, within(0.03));
        assertThat(scores.get("dci_informativeness")).isCloseTo(CHANCE, within(0.05));
    }

    /** A trained model has more dimensions than factors. */
    @Test
    void dimensionsOfNoiseBesidePerfectOnesCostOnlyModularity() {
        Function<int[], double[]> noise = Known.noise(4);
        Map<String, Double> scores = scores(TERNARY, values -> {
            double[] code = noise.apply(values);
            double[] perfect = Known.perfect(values);
            return new double[] {code[0], perfect[0], code[1], perfect[1], code[2], perfect[2], code[3]};
        });

        assertThat(scores.get("mig")).isCloseTo(1, within(0.05));
        assertThat(scores.get("dci_disentanglement")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("dci_completeness")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("factor_vae_score")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("beta_vae_score")).isCloseTo(1, within(1e-9));
        assertThat(scores.get("modularity")).isLessThan(0.9);
    }

    /** Grown to the end, trees split what is left by noise: a quarter of all importance would be there. */
    @Test
    void noiseWithinAFactorsValuesIsNotTakenForImportance() {
        SplittableRandom random = new SplittableRandom(2);
        Map<String, Double> scores = scores(TERNARY, values -> {
            double[] code = random.doubles(8, -0.7, 0.7).toArray();
            for (int f = 0; f < 3; f++) {
                code[f] += values[f];
            }
            return code;
        });

        assertThat(scores.get("dci_disentanglement")).isGreaterThan(0.85);
        assertThat(scores.get("dci_completeness")).isGreaterThan(0.85);
        assertThat(scores.get("dci_informativeness")).isBetween(0.7, 0.9);
    }

    @Test
    void oneSeedIsOneScore() {
        Representation rotated = Known.of(TERNARY, Known::rotated);

        assertThat(Disentanglement.of(rotated, 3).scores())
                .isEqualTo(Disentanglement.of(rotated, 3).scores())
                .isNotEqualTo(Disentanglement.of(rotated, 4).scores());
    }

    /** The page shows what comes out, a row for each score. */
    @Test
    void theTableOfThePageIsThis() throws IOException {
        List<Map<String, Double>> columns = List.of(
                scores(TERNARY, Known::perfect),
                scores(TERNARY, Known::rotated),
                scores(TERNARY, Known::redundant),
                scores(TERNARY, Known.noise(3)),
                scores(TERNARY, Known::constant));
        List<String> rows = columns.get(0).keySet().stream()
                .map(key -> columns.stream()
                        .map(column -> String.format(Locale.ROOT, "%.2f", column.get(key)))
                        .collect(Collectors.joining(" | ", "| " + key.replace('_', ' ') + " | ", " |")))
                .toList();

        assertThat(Files.readAllLines(Path.of("../docs/trust.md"))).containsSubsequence(rows);
    }
}
