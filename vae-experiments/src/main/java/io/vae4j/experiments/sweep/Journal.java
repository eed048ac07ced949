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
        int number = 0;
        for (String line : whole().split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                events.add(event(line, number));
            }
        }
        return events;
    }

    /** Its whole lines. */
    private String whole() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InvalidInput("the journal is larger than 1 GiB", file.toString(), "restore it from a copy");
        }
        byte[] content = Files.readAllBytes(file);
        return new String(content, 0, wholeBytes(content), StandardCharsets.UTF_8);
    }

    private static int wholeBytes(byte[] content) {
        int whole = content.length;
        while (whole > 0 && content[whole - 1] != '\n') {
            whole--;
        }
        return whole;
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

    /** Has it kept where the runs are, too. */
    void keep(RunBackend backend) throws IOException {
        backend.keep(NAME, Files.readAllBytes(file));
    }

    /** Takes away what a process that was killed has left of a line. */
    void mend() throws IOException {
        if (Files.exists(file)) {
            byte[] content = Files.readAllBytes(file);
            int whole = wholeBytes(content);
            if (whole < content.length) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(whole);
                    channel.force(true);
                }
            }
        }
    }

    /**
     * Adds an event, and waits until the disk has it.
     *
     * @return the event as whoever reads the journal will know it
     */
    Event add(Event event) throws IOException {
        String line = JSON.writeValueAsString(event);
        AtomicFiles.append(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
        return JSON.readValue(line, Event.class);
    }
}
