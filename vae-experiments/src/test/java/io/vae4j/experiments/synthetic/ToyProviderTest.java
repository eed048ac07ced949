package io.vae4j.experiments.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToyProviderTest {

    @ParameterizedTest
    @CsvSource({
        "pinwheel,     0, b9d73950ddc54872f4e20d67616d14ad790f3098b60c22b0bfa04b7a6ef82cd7",
        "two-moons,    0, e08ea3df1da2acbd67af662491762c14bdd0b808aff14edc2ef1d8bff764a243",
        "ring,         0, 64be228ec88a9249464f33f37eb326a7b9745c98e451e52dbe6c6c45028d17a7",
        "checkerboard, 0, 40fc00f04f4d6de6b332df46f22413519b665a02436ef92888a65d8c356b14bf",
        "pinwheel,     1, a4e50378f3c41e0e889e44f4bfe59842f07e80e2517ed901aaf062ab7f7a84d8"
    })
    void aSeedGivesTheSamePointsOnEveryMachine(String shape, long seed, String sha256) {
        Dataset data = toy("shape: " + shape + ", seed: " + seed);

        assertThat(data.provenance().sha256()).containsEntry("train", sha256);
        assertThat(data.provenance().source()).contains("generated", "seed=" + seed, "version 1 of the generator");
    }

    @Test
    void pointsDoNotDependOnHowManyOthersThereAre() {
        Dataset few = toy("train: 100, test: 50");
        Dataset many = toy("train: 300, test: 60");
        int[] first = IntStream.range(0, 50).toArray();

        assertThat(coordinates(many.train(), first)).isEqualTo(coordinates(few.train(), first));
        assertThat(coordinates(many.test(), first)).isEqualTo(coordinates(few.test(), first));
        assertThat(coordinates(few.train(), first)).isNotEqualTo(coordinates(few.test(), first));
    }

    @Test
    void theArmOfAPinwheelIsItsClass() {
        Examples points = toy("shape: {kind: pinwheel, arms: 3, radial: 0.2, tangential: 0.05}, train: 3000")
                .train();
        Labels.Classes arms = (Labels.Classes) points.labels();
        int[] counts = new int[3];
        for (int i = 0; i < points.count(); i++) {
            float[] point = points.select(i).values().mean();
            double unbent = Math.atan2(point[1], point[0]) - 0.25 * Math.exp(Math.hypot(point[0], point[1]));
            double arm = unbent * 3 / (2 * Math.PI) - arms.of()[i];
            // what is across an arm turns a point by little unless it is near the hub
            if (Math.hypot(point[0], point[1]) > 0.5) {
                assertThat(Math.IEEEremainder(arm, 3)).isCloseTo(0, within(0.25));
            }
            counts[arms.of()[i]]++;
        }

        assertThat(arms.classNames()).containsExactly("arm 1", "arm 2", "arm 3");
        assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(900, 1100));
    }

    @Test
    void whatHasOneComponentHasNoClasses() {
        Dataset ring = toy("shape: ring, train: 10");

        assertThat(ring.summary().classes()).isEmpty();
        assertThat(ring.summary().event()).isEqualTo(new Shape(2));
        assertThat(ring.summary().support()).isEqualTo(Support.REAL);
        assertThat(toy("shape: two-moons").summary().classes()).containsExactly("upper moon", "lower moon");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "data.set.shape=pinweel                     | unknown kind 'pinweel'        | checkerboard",
                "data.set.shape={kind: ring, noise: -1}     | data.set.shape.noise is -1.0  | from 0.0 to 10.0",
                "data.set.shape={kind: pinwheel, noise: 1}  | unknown key 'noise'           | tangential",
                "data.set.shape.arms=0                      | data.set.shape.arms is 0      | 1 or more",
                "data.set.shape={kind: checkerboard, cells: 0} | data.set.shape.cells is 0  | 1 or more",
                "data.set.train=0                           | data.set.train is 0           | 1 or more",
                "data.set.test=-5                           | data.set.test is -5           | 1 or more",
                "data.values=dynamic-binarization           | only levels from 0 to 1       | as-stored",
                "model.likelihood=bernoulli                 | the data are REAL             | gaussian",
            })
    void whatCannotBeDrawnIsRefusedInOneLine(String override, String what, String remedy) {
        Generated.assertRefusedInOneLine("toy", override, what, remedy);
    }

    @Test
    void morePointsThanMemoryAreRefusedBeforeAnyIsDrawn() {
        assertThatThrownBy(() -> toy("train: 2000000000, test: 2000000000"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("making 4000000000 points takes 80000000000 bytes")
                .hasMessageContaining("ask for fewer points, or give Java more");
    }

    private static Dataset toy(String keys) {
        return Generated.by("toy", "kind: toy, " + keys);
    }

    private static List<String> coordinates(Examples points, int... places) {
        return Arrays.stream(places)
                .mapToObj(place -> Arrays.toString(points.select(place).values().mean()))
                .toList();
    }
}
