package io.vae4j.experiments.evaluation.representation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nearest neighbors against scikit-learn's, and ties. */
class NearestNeighborsTest {

    /** Six neighbors of three classes are often tied: the lower class wins in both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6})
    void theVoteIsThatOfScikitLearn(int neighbors) {
        try (NDManager manager = NDManager.newBaseManager()) {
            int[] predicted = NearestNeighbors.predict(
                    manager, ScikitLearn.matrix("x"), ScikitLearn.classes("y"), ScikitLearn.matrix("held"), neighbors);

            assertThat(predicted).isEqualTo(ScikitLearn.classes("neighbors/" + neighbors));
        }
    }

    @Test
    void ofEquallyFarPointsTheEarlierOnesCount() {
        double[][] known = {{1}, {-1}, {1}, {5}};
        try (NDManager manager = NDManager.newBaseManager()) {
            int[] predicted =
                    NearestNeighbors.predict(manager, known, new int[] {2, 1, 1, 0}, new double[][] {{0}, {4}}, 1);

            assertThat(predicted).containsExactly(2, 0);
        }
    }
}
