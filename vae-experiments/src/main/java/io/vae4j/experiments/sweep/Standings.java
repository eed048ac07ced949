package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a search knows: the settings that were decided on, in that order.
 *
 * @param epochs of a whole run
 */
public record Standings(int epochs, List<Standing> settings) {

    public Standings {
        settings = List.copyOf(settings);
    }

    /**
     * How far a setting is, and how good.
     *
     * @param index from 0
     * @param until the epoch to which it was sent last; empty where that is its end
     * @param losses what is to be as low as possible, the mean over the seeds, by the epoch; infinite once a run of the
     *     setting has failed
     */
    public record Standing(
            int index, Map<String, JsonNode> values, Optional<Integer> until, NavigableMap<Integer, Double> losses) {

        public Standing {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            losses = Collections.unmodifiableNavigableMap(new TreeMap<>(losses));
        }

        /** The loss after an epoch, or at the earlier end of its runs; empty until all seeds have got there. */
        public OptionalDouble loss(int epoch) {
            Double reached = losses.get(epoch);
            return reached == null ? OptionalDouble.empty() : OptionalDouble.of(reached);
        }
    }
}
