package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.InvalidInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal of a sweep: one event a line, written through before what it tells is acted upon. A process that is
 * killed, or a disk that is full, leaves at the most a last line that is cut, which counts as never written.
 */
final class Journal {

    static final String NAME = "journal.jsonl";

    private static final long MOST_BYTES = 1L << 30;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Path file;

    Journal(Path folder) {
        file = folder.resolve(NAME);
    }

    /**
     * All events so far.
     *
     * @throws InvalidInput if a whole line is no event: another program has written it
     */
    List<Event> events() throws IOException {
        List<Event> events = new ArrayList<>();
        String content = content();
        int number = 0;
        for (String line : content.substring(0, content.lastIndexOf('\n') + 1).split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                events.add(event(line, number));
            }
        }
        return events;
    }

    private String content() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InvalidInput("the journal is larger than 1 GiB", file.toString(), "restore it from a copy");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private Event event(String line, int number) {
        try {
            return JSON.readValue(line, Event.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "this is no event of a sweep: " + e.getOriginalMessage(),
                    file + ", line " + number,
                    "restore the journal, or begin the sweep anew in another folder");
        }
    }

    /** Takes away what a process that was killed has left of a line. */
    void mend() throws IOException {
        if (Files.exists(file)) {
            byte[] content = Files.readAllBytes(file);
            int whole = content.length;
            while (whole > 0 && content[whole - 1] != '\n') {
                whole--;
            }
            if (whole < content.length) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(whole);
                    channel.force(true);
                }
            }
        }
    }

    /** Adds an event, and waits until the disk has it. */
    void add(Event event) throws IOException {
        AtomicFiles.append(file, (JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
