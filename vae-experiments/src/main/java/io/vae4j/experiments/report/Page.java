package io.vae4j.experiments.report;

import io.vae4j.experiments.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The page around the content: one file that needs no other. */
record Page(String title, List<Markup> content) {

    Page {
        content = List.copyOf(content);
    }

    /** A section under its heading. */
    static Markup.Element section(String heading) {
        return Markup.element("section").add(Markup.element("h2", heading));
    }

    /** The notes on what is wrong or left out; they come first, so that nobody misses them. */
    static Markup.Element notes(List<String> notes) {
        return Markup.element("aside")
                .with("aria-label", "Notes")
                .add(Markup.element(
                        "ul",
                        notes.stream().map(note -> Markup.element("li", note)).toList()));
    }

    /** Writes the page, atomically. */
    void write(Path file) throws IOException {
        StringBuilder body = new StringBuilder();
        content.forEach(piece -> piece.appendTo(body.append('\n')));
        StringBuilder heading = new StringBuilder();
        new Markup.Text(title).appendTo(heading);
        // The template is cut where the content goes, so that nothing in the content can act as a place holder.
        String[] template = resource("page.html").split("\\{\\{[a-z]+\\}\\}", -1);
        String page = String.join(
                "", template[0], heading, template[1], resource("page.css"), template[2], body, template[3]);
        AtomicFiles.replace(file, page.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
