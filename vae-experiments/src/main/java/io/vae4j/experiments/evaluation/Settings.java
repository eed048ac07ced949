package io.vae4j.experiments.evaluation;

import io.vae4j.experiments.InvalidInput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of one evaluation.
 *
 * @param values of all that it has, by name
 */
public record Settings(Map<String, Long> values) {

    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * What is given, and the usual value for the rest.
     *
     * @param evaluation by whose name messages are
     * @throws InvalidInput if a setting does not exist, or is no number or too small
     */
    static Settings of(String evaluation, List<Setting> known, Map<String, String> given) {
        Map<String, Long> values = new LinkedHashMap<>();
        known.forEach(setting -> values.put(setting.name(), setting.usual()));
        for (Map.Entry<String, String> entry : given.entrySet()) {
            String where = "--set " + evaluation + "." + entry.getKey();
            Setting setting = known.stream()
                    .filter(candidate -> candidate.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInput("there is no such setting", where, remedy(evaluation, known)));
            values.put(setting.name(), value(setting, entry.getValue(), where));
        }
        return new Settings(values);
    }

    private static long value(Setting setting, String text, String where) {
        return parsed(text)
                .filter(number -> number >= setting.least())
                .orElseThrow(() -> new InvalidInput(
                        setting.meaning() + ": " + text + " is not possible",
                        where,
                        "give a whole number of " + setting.least() + " or more"));
    }

    private static Optional<Long> parsed(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static String remedy(String evaluation, List<Setting> known) {
        String names = known.stream().map(Setting::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? evaluation + " has no settings" : evaluation + " has " + names;
    }

    /** The value of a setting that the evaluation has. */
    public int of(Setting setting) {
        return Math.toIntExact(Optional.ofNullable(values.get(setting.name()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the evaluation does not declare the setting " + setting.name() + " that it reads")));
    }
}
