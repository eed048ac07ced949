package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The searches that train each setting to its end. */
final class Searches {

    /** How often a setting is drawn anew for each that is asked for, if it was drawn before. */
    private static final int DRAWS = 200;

    private Searches() {}

    /** Every setting of the grid that the values span. */
    @Example("grid")
    record Grid() implements SearchSpec {

        @Override
        public Optional<Decision> next(Space space, Standings standings) {
            int tried = standings.settings().size();
            return tried < space.size().orElseThrow()
                    ? Optional.of(new Decision.Begin(space.point(tried), Optional.empty()))
                    : Optional.empty();
        }

        @Override
        public OptionalInt settings(Space space) {
            return OptionalInt.of(Math.toIntExact(space.size().orElseThrow()));
        }

        @Override
        public void check(Space space, int epochs) {
            space.requireGrid();
        }
    }

    /**
     * Settings drawn at random: with few keys that matter, it finds better ones than a grid of the same size. Bergstra
     * and Bengio 2012.
     *
     * @param settings how many, or all where there are fewer
     * @param seed of the draws
     */
    @Example("{kind: random, settings: 5}")
    record Randomly(
            @Within("[1, 1e5]") int settings, @Default("0") long seed) implements SearchSpec {

        Randomly {
            requireSettings(settings);
        }

        @Override
        public Optional<Decision> next(Space space, Standings standings) {
            return drawn(space, standings, settings, seed).map(values -> new Decision.Begin(values, Optional.empty()));
        }

        @Override
        public OptionalInt settings(Space space) {
            return atMost(space, settings);
        }
    }

    static void requireSettings(int settings) {
        if (settings < 1) {
            throw new InvalidInput("settings is " + settings, SweepFile.VALUES, "give 1 or more");
        }
    }

    static OptionalInt atMost(Space space, int settings) {
        return OptionalInt.of((int) Math.min(settings, space.size().orElse(settings)));
    }

    /** The next setting at random, none of those that were tried; empty where there are enough, or no others. */
    static Optional<Map<String, JsonNode>> drawn(Space space, Standings standings, int settings, long seed) {
        int tried = standings.settings().size();
        if (tried >= atMost(space, settings).orElseThrow()) {
            return Optional.empty();
        }
        Set<Map<String, JsonNode>> before =
                standings.settings().stream().map(Standings.Standing::values).collect(Collectors.toSet());
        return LongStream.range(0, DRAWS)
                .mapToObj(again -> space.drawn(seed, tried * (long) DRAWS + again))
                .filter(values -> !before.contains(values))
                .findFirst();
    }
}
