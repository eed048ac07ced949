package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A figure that was drawn of a run, as reports show it.
 *
 * @param title what it shows
 * @param caption what is to be seen
 * @param note after which epoch it was drawn, and what else is to be known of it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FigureRecord(
        Optional<String> title, Optional<String> caption, Optional<String> note, List<Panel> panels) {

    /** The folder of a run's figures. */
    public static final String FOLDER = "figures";

    private static final String SUFFIX = ".json";
    private static final long MOST_BYTES = 16L << 20;

    public FigureRecord {
        panels = panels == null ? List.of() : List.copyOf(panels);
    }

    /**
     * One of its pictures.
     *
     * @param svg a document of its own
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Panel(Optional<String> title, Optional<String> description, Optional<String> svg) {}

    /** Writes it into a folder of figures. */
    public void write(Path folder, String name) throws IOException {
        AtomicFiles.replace(folder.resolve(name + SUFFIX), RunJson.write(this));
    }

    /**
     * Those of a run, by name.
     *
     * @param notes takes sentences about what cannot be shown
     */
    public static List<FigureRecord> all(RunFiles files, List<String> notes) throws IOException {
        return List.copyOf(byName(files, notes).values());
    }

    /** As {@link #all}, each under the name that it was drawn by. */
    public static Map<String, FigureRecord> byName(RunFiles files, List<String> notes) throws IOException {
        Map<String, FigureRecord> all = new TreeMap<>();
        for (String name : files.names(FOLDER)) {
            String path = FOLDER + "/" + name;
            if (!name.endsWith(SUFFIX)) {
                continue;
            }
            if (files.isLarger(path, MOST_BYTES)) {
                notes.add("The file " + path + " has more than 16 MiB and is not shown.");
                continue;
            }
            try {
                RunJson.read(files, path, MOST_BYTES, FigureRecord.class)
                        .ifPresent(figure -> all.put(name.substring(0, name.length() - SUFFIX.length()), figure));
            } catch (InvalidInput e) {
                notes.add("The file " + path + " is not the record of a figure and is not shown.");
            }
        }
        return all;
    }
}
