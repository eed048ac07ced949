package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.sweep.SearchSpec.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {

    private static final Space SPACE = new Space(Map.of("rate", new Dimensions.Whole(1, 1000)));

    /** Workers that train in the order of decisions, each setting with a loss that does not change with epochs. */
    private static final class Workers {

        private final SuccessiveHalving search;
        private final int epochs;
        private final ToDoubleFunction<JsonNode> loss;
        private final List<Map<String, JsonNode>> values = new ArrayList<>();
        private final List<Optional<Integer>> until = new ArrayList<>();
        private final List<NavigableMap<Integer, Double>> losses = new ArrayList<>();
        private final Deque<Integer> running = new ArrayDeque<>();
        private final List<String> decisions = new ArrayList<>();

        Workers(SuccessiveHalving search, int epochs, ToDoubleFunction<JsonNode> loss) {
            this.search = search;
            this.epochs = epochs;
            this.loss = loss;
        }

        Standings standings() {
            List<Standings.Standing> all = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                all.add(new Standings.Standing(i, values.get(i), until.get(i), losses.get(i)));
            }
            return new Standings(epochs, all);
        }

        boolean begin() {
            Optional<Decision> decision = search.next(SPACE, standings());
            decision.ifPresent(this::follow);
            return decision.isPresent();
        }

        private void follow(Decision decision) {
            if (decision instanceof Decision.Begin begun) {
                values.add(begun.values());
                until.add(begun.until());
                losses.add(new TreeMap<>());
                running.add(values.size() - 1);
            } else if (decision instanceof Decision.GoOn further) {
                until.set(further.setting(), further.until());
                running.add(further.setting());
            }
            decisions.add(
                    running.getLast() + "->" + until.get(running.getLast()).orElse(epochs));
        }

        /** The one that has run longest is there. */
        void end() {
            int setting = running.remove();
            losses.get(setting)
                    .put(
                            until.get(setting).orElse(epochs),
                            loss.applyAsDouble(values.get(setting).get("rate")));
        }

        void all(int places) {
            while (true) {
                while (running.size() < places && begin()) {
                    // until there is no room, or nothing to do
                }
                if (running.isEmpty()) {
                    return;
                }
                end();
            }
        }

        long at(int epoch) {
            return losses.stream().filter(reached -> reached.containsKey(epoch)).count();
        }
    }

    @Test
    void rungsEndAfterPowersOfTheReductionAndAfterTheLastEpoch() {
        assertThat(new SuccessiveHalving(30, 1, 2, 0).rungs(8)).containsExactly(1, 2, 4, 8);
        assertThat(new SuccessiveHalving(30, 1, 3, 0).rungs(10)).containsExactly(1, 3, 9, 10);
        assertThat(new SuccessiveHalving(30, 2, 4, 0).rungs(8)).containsExactly(2, 8);
    }

    /** Worked through by hand with one worker and losses 5, 3, 4, 1: algorithm 2 of Li et al. 2020. */
    @Test
    void oneWorkerPromotesAsSoonAsTheBestShareOfARungAllowsIt() {
        double[] losses = {5, 3, 4, 1};
        List<JsonNode> seen = new ArrayList<>();
        Workers workers = new Workers(new SuccessiveHalving(4, 1, 2, 7), 4, rate -> {
            if (!seen.contains(rate)) {
                seen.add(rate);
            }
            return losses[seen.indexOf(rate)];
        });

        workers.all(1);

        assertThat(workers.decisions)
                .containsExactly(
                        "0->1", // 5
                        "1->1", // 3: the best of two is promoted
                        "1->2", "2->1", // 4: the best of three is at the next rung already
                        "3->1", // 1: the best two of four are 3 and 1, of which 3 is promoted
                        "3->2", // 1: the best of two at 2 epochs
                        "3->4");
    }

    @Test
    void theBestSettingIsTrainedToTheEndAndFewAre() {
        SuccessiveHalving search = new SuccessiveHalving(81, 1, 3, 0);
        Workers workers = new Workers(search, 27, rate -> Math.abs(rate.asDouble() - 400));

        workers.all(4);

        int best = workers.losses.stream()
                .min((a, b) ->
                        Double.compare(a.firstEntry().getValue(), b.firstEntry().getValue()))
                .map(workers.losses::indexOf)
                .orElseThrow();
        assertThat(workers.losses.get(best)).containsKey(27);
        assertThat(workers.at(1)).isEqualTo(81);
        // synchronous halving would promote 27, 9 and 3; who does not wait promotes some that are overtaken later
        assertThat(workers.at(3)).isBetween(27L, 40L);
        assertThat(workers.at(9)).isBetween(9L, 16L);
        assertThat(workers.at(27)).isBetween(3L, 8L);
    }

    @Test
    void noneIsPromotedTwiceNorSentBackWhateverTheOrderOfResults() {
        Random random = new Random(5);
        Workers workers = new Workers(new SuccessiveHalving(50, 1, 2, 1), 16, rate -> random.nextDouble());
        workers.all(7);

        List<String> decisions = workers.decisions;
        assertThat(decisions).doesNotHaveDuplicates();
        for (int i = 0; i < 50; i++) {
            String setting = i + "->";
            List<Integer> epochs = decisions.stream()
                    .filter(decision -> decision.startsWith(setting))
                    .map(decision -> Integer.valueOf(decision.substring(setting.length())))
                    .toList();
            assertThat(epochs).isSorted().isNotEmpty();
        }
    }

    @Test
    void whatFailedIsNeverPromoted() {
        Workers workers = new Workers(
                new SuccessiveHalving(20, 1, 2, 0),
                8,
                rate -> rate.asInt() % 2 == 0 ? Double.POSITIVE_INFINITY : rate.asDouble());

        workers.all(1);

        assertThat(workers.losses)
                .filteredOn(reached -> Double.isInfinite(reached.firstEntry().getValue()))
                .isNotEmpty()
                .allMatch(reached -> reached.size() == 1);
    }

    @Test
    void whatCannotStopAnythingEarlyIsRefused() {
        assertThatThrownBy(() -> new SuccessiveHalving(20, 4, 2, 0).check(SPACE, 4))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("minEpochs is 4 of 4 epochs");
        assertThatThrownBy(() -> new SuccessiveHalving(20, 1, 2, 0)
                        .check(new Space(Map.of("train.epochs", new Dimensions.Whole(1, 3))), 4))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("train.epochs varies");
    }
}
