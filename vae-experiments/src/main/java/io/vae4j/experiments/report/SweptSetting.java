package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A setting of a sweep, and what came out of its runs.
 *
 * @param name by which files call it
 * @param values by the keys that vary
 * @param rank from 1; empty where a run has failed, or until all seeds are somewhere
 * @param epochs after which the figures were measured
 * @param figures by which it is chosen, one for each seed; none where it has no rank
 * @param aboveBest these minus those of the best setting from the same seeds after as many epochs; none of the best
 *     itself, and where that is not known
 * @param means of the figure over the seeds, by the epochs to which the runs were sent
 * @param runs one for each seed
 */
public record SweptSetting(
        String name,
        Map<String, JsonNode> values,
        Optional<Integer> rank,
        int epochs,
        List<Double> figures,
        List<Double> aboveBest,
        NavigableMap<Integer, Double> means,
        List<SweptRun> runs) {

    public SweptSetting {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        figures = List.copyOf(figures);
        aboveBest = List.copyOf(aboveBest);
        means = Collections.unmodifiableNavigableMap(new TreeMap<>(means));
        runs = List.copyOf(runs);
    }

    /** Mean and deviation over the seeds of the figure by which it is chosen. */
    public Optional<SampleMoments> figure() {
        return SampleMoments.ofAny(figures);
    }

    /** The same of the differences to the best setting, seed by seed. */
    public Optional<SampleMoments> difference() {
        return SampleMoments.ofAny(aboveBest);
    }

    /** The same of the NLL on the test examples. */
    public Optional<SampleMoments> nll() {
        return SampleMoments.ofAny(
                runs.stream().flatMap(run -> run.nll().stream()).toList());
    }

    /** That of all its runs, or of the one that keeps it from having a figure. */
    public SweptRun.State state() {
        return runs.stream().map(SweptRun::state).min(Comparator.naturalOrder()).orElse(SweptRun.State.WAITING);
    }

    /** The run whose figure comes first in an order, such as that of losses. */
    Optional<SweptRun> first(Comparator<Double> order) {
        return runs.stream()
                .filter(run -> run.figure().filter(Double::isFinite).isPresent())
                .min(Comparator.comparing(run -> run.figure().orElseThrow(), order));
    }
}
