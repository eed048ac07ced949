package io.vae4j.experiments.report;

import io.vae4j.experiments.run.Goal;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a sweep, as far as it has got: what its tables and its page say.
 *
 * @param name of the sweep's folder
 * @param recipe over which the settings are set
 * @param description one sentence for people; may be empty
 * @param goal by what settings are chosen
 * @param keys that vary
 * @param settings those that have a rank, the best first, and then the others
 * @param course how it was run
 * @param notes sentences about what is missing
 */
public record SweepResult(
        String name,
        String recipe,
        String description,
        Goal goal,
        List<SweptKey> keys,
        List<SweptSetting> settings,
        SweepCourse course,
        List<String> notes) {

    public SweepResult {
        keys = List.copyOf(keys);
        settings = List.copyOf(settings);
        notes = List.copyOf(notes);
    }

    /** The settings that have a rank, the best first. */
    public List<SweptSetting> ranked() {
        return settings.stream().filter(setting -> setting.rank().isPresent()).toList();
    }

    /** The best setting; empty until there is one. */
    public Optional<SweptSetting> best() {
        return ranked().stream().findFirst();
    }

    /** The runs of all settings. */
    public List<SweptRun> runs() {
        return settings.stream().flatMap(setting -> setting.runs().stream()).toList();
    }
}
