package io.vae4j.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.sweep.Event.RunName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final RunName RUN = new RunName(3, -7);

    private static final List<Event> EVENTS = List.of(
            new Event.Opened("2026-01-01T00:00:00Z", "1", 2),
            new Event.Decided(3, Map.of("a", DoubleNode.valueOf(0.1), "b", TextNode.valueOf("é\"\n")), Optional.of(2)),
            new Event.Started("now", RUN, Optional.empty(), "CPU"),
            new Event.Lost("now", RUN, "exit code 137"),
            new Event.Reached("now", RUN, Optional.of(2), 2, 1.0 / 3, 4.5, true),
            new Event.Failed("now", RUN, "a reason"),
            new Event.Retried("now", RUN),
            new Event.Evaluated("now", RUN, Optional.of(99.5), Optional.empty()));

    @TempDir
    private Path folder;

    @Test
    void eventsComeBackAsTheyWere() throws IOException {
        Journal journal = written();

        assertThat(journal.events()).isEqualTo(EVENTS);
    }

    /** A process may be killed, and a disk full, at any byte. */
    @Test
    void whereverItIsCutTheEventsBeforeAreThereAndOthersCanFollow() throws IOException {
        written();
        Path file = folder.resolve(Journal.NAME);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            Journal journal = new Journal(folder);
            List<Event> before = journal.events();

            journal.mend();
            journal.add(EVENTS.get(0));

            assertThat(EVENTS.subList(0, before.size())).isEqualTo(before);
            assertThat(journal.events()).hasSize(before.size() + 1).endsWith(EVENTS.get(0));
        }
    }

    @Test
    void aLineThatIsNoEventIsNamed() throws IOException {
        written();
        Path file = folder.resolve(Journal.NAME);
        Files.writeString(file, Files.readString(file).replaceFirst("opened", "burned"));

        assertThatThrownBy(() -> new Journal(folder).events())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no event of a sweep")
                .hasMessageContaining("journal.jsonl, line 1");
    }

    private Journal written() throws IOException {
        Journal journal = new Journal(folder);
        for (Event event : EVENTS) {
            journal.add(event);
        }
        return journal;
    }
}
