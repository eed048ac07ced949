package io.vae4j.experiments.training.localsgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AveragingTreeTest {

    @Test
    void statesAreWeightedByTheExamplesThatTheyHaveLearnedFrom() {
        RoundPart mean = RoundPart.mean(List.of(part(3, 0, 8), part(1, 4, -8), part(0, Float.NaN, 1)));

        assertThat(mean.state().numbers()).containsExactly(1, 4);
        assertThat(mean.sums().examples()).isEqualTo(4);
        assertThat(mean.sums().numbers()).containsExactly(4);
    }

    /** A parameter that nobody moves must not wander by rounding. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 11, 16, 21})
    void theMeanOfStatesThatAreAlikeIsThatStateInEveryBit(int workers) {
        float[] state = {0.1f, -3e-39f, 16777215f, Float.MIN_VALUE, 1 / 3f, Float.POSITIVE_INFINITY};
        AveragingTree tree = new AveragingTree();
        IntStream.range(0, workers).forEach(worker -> tree.add(part(90 + worker % 7, state)));

        assertThat(tree.mean().state().numbers()).isEqualTo(state);
    }

    @Test
    void whereNobodyHasLearnedTheStateStaysWhatItWas() {
        RoundPart mean = RoundPart.mean(List.of(part(0, 1, 2), part(0, 1, 2)));

        assertThat(mean.state().numbers()).containsExactly(1, 2);
        assertThat(mean.moved()).isZero();
    }

    /** Four and four, then four of those: as it is written, whenever the parts come. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 8, 16, 17, 20, 21, 64, 67})
    void theOrderIsAFunctionOfTheNumberOfWorkersAlone(int workers) {
        SplittableRandom random = new SplittableRandom(workers);
        List<RoundPart> parts = IntStream.range(0, workers)
                .mapToObj(worker ->
                        part(1 + random.nextInt(100), (float) random.nextDouble(), (float) random.nextDouble()))
                .toList();
        AveragingTree tree = new AveragingTree();
        parts.forEach(tree::add);
        float[] mean = tree.mean().state().numbers();

        assertThat(mean).isEqualTo(byLevels(parts).state().numbers());
        double expected = parts.stream()
                        .mapToDouble(part ->
                                part.sums().examples() * (double) part.state().numbers()[0])
                        .sum()
                / parts.stream().mapToLong(part -> part.sums().examples()).sum();
        assertThat((double) mean[0]).isCloseTo(expected, within(1e-6));
    }

    private static RoundPart byLevels(List<RoundPart> parts) {
        List<RoundPart> level = parts;
        do {
            List<RoundPart> above = new ArrayList<>();
            for (int from = 0; from < level.size(); from += AveragingTree.FAN_IN) {
                above.add(RoundPart.mean(level.subList(from, Math.min(from + AveragingTree.FAN_IN, level.size()))));
            }
            level = above;
        } while (level.size() > 1);
        return level.get(0);
    }

    @Test
    void whatTookLongestAndMovedFarthestIsWhatTheRoundSays() {
        RoundPart slow = new RoundPart(new TrainingState(new float[1]), new MetricSums(new double[1], 5, 1), 2, 9);
        RoundPart far = new RoundPart(new TrainingState(new float[1]), new MetricSums(new double[1], 5, 2), 7, 1);
        RoundPart both = RoundPart.mean(List.of(slow, far));

        assertThat(both.seconds()).isEqualTo(9);
        assertThat(both.moved()).isEqualTo(7);
        assertThat(both.sums().skippedSteps()).isEqualTo(3);
    }

    @Test
    void ofNothingThereIsNoMean() {
        assertThatThrownBy(() -> new AveragingTree().mean()).isInstanceOf(IllegalStateException.class);
    }

    private static RoundPart part(long examples, float... numbers) {
        return new RoundPart(
                new TrainingState(numbers),
                new MetricSums(new double[] {examples}, examples, 0),
                examples > 0 ? 1 : 0,
                0);
    }
}
