package io.vae4j.experiments.evaluation.disentanglement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Labels.Factor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what disentanglement_lib's own functions say; src/test/python/disentanglement.py asked them. */
class DisentanglementLibTest {

    private static final int[] SIZES = {3, 4, 5};
    private static final int TRAIN = 200;

    /**
     * @param codes noisy, [N][D], of examples with these factors, [N][F]
     * @param grid the codes without noise of every combination of factors, the last one fastest
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Said(
            double[][] codes,
            int[][] factors,
            double[][] grid,
            double[][] information,
            double mig,
            double modularity,
            double[][] accuracies,
            @JsonProperty("beta_vae_score") double betaVaeScore,
            @JsonProperty("factor_vae_score") double factorVaeScore,
            @JsonProperty("dci_disentanglement") double disentanglement,
            @JsonProperty("dci_completeness") double completeness,
            @JsonProperty("dci_informativeness") double informativeness) {

        Representation noisy() {
            return Representation.of(codes, new Labels.Factors(kinds(), factors));
        }

        Representation clean() {
            int times = 25;
            double[][] all = IntStream.range(0, times * grid.length)
                    .mapToObj(n -> grid[n % grid.length])
                    .toArray(double[][]::new);
            return Representation.of(all, Known.grid(times, SIZES));
        }

        private static List<Factor> kinds() {
            return Arrays.stream(SIZES)
                    .mapToObj(size -> new Factor("f" + size, size))
                    .toList();
        }
    }

    private record File(Map<String, Said> representations) {}

    private static Said said(String name) throws IOException {
        try (InputStream file = DisentanglementLibTest.class.getResourceAsStream("/disentanglement/expected.json")) {
            ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
            return Objects.requireNonNull(
                    json.readValue(file, File.class).representations().get(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"perfect", "rotated", "redundant", "entangled"})
    void whatIsComputedFromCountsIsTheSameToTheLastDigits(String name) throws IOException {
        Said said = said(name);
        double[][] information = MutualInformation.matrix(said.noisy());

        assertThat(information).hasSameDimensionsAs(said.information());
        for (int d = 0; d < information.length; d++) {
            assertThat(information[d]).containsExactly(said.information()[d], within(1e-12));
        }
        assertThat(score(new MutualInformationGap(), said.noisy())).isCloseTo(said.mig(), within(1e-12));
        assertThat(score(new Modularity(), said.noisy())).isCloseTo(said.modularity(), within(1e-12));
    }

    /** An example on the border between two classes may fall to either side. */
    @ParameterizedTest
    @ValueSource(strings = {"perfect", "rotated", "redundant", "entangled"})
    void supportVectorsPredictAsMany(String name) throws IOException {
        Said said = said(name);
        int count = said.codes().length;
        Partition same = new Partition(
                IntStream.range(0, TRAIN).toArray(),
                IntStream.range(TRAIN, count).toArray());
        double[][] accuracies = SeparatedAttributePredictability.accuracies(said.noisy(), same);

        for (int d = 0; d < accuracies.length; d++) {
            assertThat(accuracies[d]).containsExactly(said.accuracies()[d], within(1.0 / (count - TRAIN) + 1e-9));
        }
    }

    /** Theirs and ours are shares of 5,000 draws each: four standard errors of the difference are 0.04 at the most. */
    @ParameterizedTest
    @ValueSource(strings = {"perfect", "rotated", "redundant", "entangled"})
    void scoresOfWhatIsDrawnDifferByTheDrawsAlone(String name) throws IOException {
        Said said = said(name);

        assertThat(score(new BetaVaeScore(), said.clean()))
                .isCloseTo(said.betaVaeScore(), within(error(said.betaVaeScore())));
        assertThat(score(new FactorVaeScore(), said.clean()))
                .isCloseTo(said.factorVaeScore(), within(error(said.factorVaeScore())));
    }

    private static double error(double share) {
        return 4 * Math.sqrt(2 * Math.max(share * (1 - share), 0.001) / FixedFactor.EVALUATION);
    }

    /** Their trees are boosted and ours are bagged. */
    @ParameterizedTest
    @ValueSource(strings = {"perfect", "rotated", "redundant", "entangled"})
    void otherTreesFindTheSameDimensionsImportant(String name) throws IOException {
        Said said = said(name);
        List<DisentanglementMetric.Score> scores = new Dci().scores(said.clean(), 0);

        assertThat(scores.get(0).value()).isCloseTo(said.disentanglement(), within(0.1));
        assertThat(scores.get(1).value()).isCloseTo(said.completeness(), within(0.1));
        assertThat(scores.get(2).value()).isCloseTo(said.informativeness(), within(0.01));
    }

    private static double score(DisentanglementMetric metric, Representation representation) {
        return metric.scores(representation, 0).get(0).value();
    }
}
