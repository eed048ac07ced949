package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Standings that tests make. */
final class StandingsOf {

    private StandingsOf() {}

    /** With one more setting, of which nothing is known. */
    static Standings adding(Standings before, Map<String, JsonNode> values) {
        List<Standings.Standing> all = new ArrayList<>(before.settings());
        all.add(new Standings.Standing(all.size(), values, Optional.empty(), new TreeMap<>()));
        return new Standings(before.epochs(), all);
    }
}
