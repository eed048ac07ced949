package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows a link in the documentation arrives: at a file that there is, and at a heading in it. */
class DocumentationLinksTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|src=\"([^\"]+)\"");

    @Test
    void everyLinkLeadsToAFileAndToAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (String link : links(page)) {
                links++;
                if (!arrives(page, link)) {
                    broken.add(PROJECT.relativize(page) + " -> " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(PROJECT);
                Stream<Path> docs = Files.walk(PROJECT.resolve("docs"));
                Stream<Path> examples = Files.walk(PROJECT.resolve("examples"), 2)) {
            return Stream.of(top, docs, examples)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map((MatchResult found) -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    private static boolean arrives(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(file)
                && (parts.length == 1
                        || Files.readAllLines(file).stream()
                                .anyMatch(line -> anchor(line).equals(parts[1])));
    }

    /** That of a heading, as GitHub makes it. */
    private static String anchor(String line) {
        return line.startsWith("#")
                ? line.replaceFirst("#+ ", "")
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-')
                : "";
    }
}
