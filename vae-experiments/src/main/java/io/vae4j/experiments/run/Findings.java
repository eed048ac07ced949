package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one evaluation of a run found, or why it does not apply; evaluation.json keeps one for each, under the
 * evaluation's name.
 *
 * @param title of the evaluation
 * @param figures by their keys, in the order in which they are to be read
 * @param series lists of numbers that are too long to be read, such as one for each latent dimension, by their keys
 * @param settings how it was measured
 * @param cautions sentences on what the figures must not be taken for
 * @param notApplicable why there are no figures; empty where there are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Findings(
        String title,
        Map<String, Finding> figures,
        Map<String, List<Double>> series,
        Map<String, Long> settings,
        List<String> cautions,
        @JsonProperty("not_applicable") Optional<String> notApplicable) {

    public Findings {
        title = title == null ? "" : title;
        figures = ordered(figures);
        series = ordered(series);
        settings = ordered(settings);
        cautions = cautions == null ? List.of() : List.copyOf(cautions);
    }

    /** Figures of an evaluation, to be added one by one. */
    public static Findings of(String title) {
        return new Findings(title, Map.of(), Map.of(), Map.of(), List.of(), Optional.empty());
    }

    /** An evaluation that says nothing of a run, and why. */
    public static Findings notApplicable(String title, String reason) {
        return new Findings(title, Map.of(), Map.of(), Map.of(), List.of(), Optional.of(reason));
    }

    /** One of the figures, which must be there. */
    public Finding figure(String key) {
        return Optional.ofNullable(figures.get(key))
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no figure " + key + "; there are " + figures.keySet()));
    }

    /** With one more figure, in lower-case letters, digits and underscores as its key. */
    public Findings with(String key, Finding figure) {
        return new Findings(title, added(figures, key, figure), series, settings, cautions, notApplicable);
    }

    /** With one more list of numbers. */
    public Findings with(String key, List<Double> numbers) {
        return new Findings(title, figures, added(series, key, numbers), settings, cautions, notApplicable);
    }

    /** With one more caution, if there is reason for it. */
    public Findings with(Optional<String> caution) {
        List<String> all = new ArrayList<>(cautions);
        caution.ifPresent(all::add);
        return new Findings(title, figures, series, settings, all, notApplicable);
    }

    /** With how it was measured. */
    public Findings measuredWith(Map<String, Long> values) {
        return new Findings(title, figures, series, values, cautions, notApplicable);
    }

    private static <T> Map<String, T> added(Map<String, T> before, String key, T value) {
        Map<String, T> all = new LinkedHashMap<>(before);
        all.put(key, value);
        return all;
    }

    private static <T> Map<String, T> ordered(Map<String, T> entries) {
        return entries == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
