package io.vae4j.experiments.training.localsgd;

import java.util.ArrayList;
import java.util.List;

/**
 * Averages the parts of a round in an order that is a function of the number of workers alone: four neighbors become
 * one, four of those become one, and so on. Sums of floating-point numbers depend on their order; who averages by this
 * tree, wherever and in which time, has the same bits.
 */
public final class AveragingTree {

    /** How many parts become one at a time. */
    public static final int FAN_IN = 4;

    private final List<List<RoundPart>> levels = new ArrayList<>();

    /** Adds the part of the next worker; at most three of each level are held. */
    public void add(RoundPart part) {
        add(0, part);
    }

    private void add(int level, RoundPart part) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<RoundPart> waiting = levels.get(level);
        waiting.add(part);
        if (waiting.size() == FAN_IN) {
            RoundPart mean = RoundPart.mean(waiting);
            waiting.clear();
            add(level + 1, mean);
        }
    }

    /** The mean of all, after which nothing may be added. */
    public RoundPart mean() {
        List<RoundPart> rest = List.of();
        for (List<RoundPart> level : levels) {
            List<RoundPart> siblings = new ArrayList<>(level);
            siblings.addAll(rest);
            rest = siblings.isEmpty() ? List.of() : List.of(RoundPart.mean(siblings));
        }
        if (rest.isEmpty()) {
            throw new IllegalStateException("there is nothing to average: no worker has added its part");
        }
        return rest.get(0);
    }
}
