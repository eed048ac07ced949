package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that say which test holds what: a test that is renamed must not leave them behind. */
class NamedTestsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyTestThatTheDocsNameExists() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path page : files(PROJECT.resolve("docs"), ".md")) {
            named.addAll(tests(page));
        }
        named.addAll(tests(PROJECT.resolve("CONTRIBUTING.md")));
        named.addAll(tests(PROJECT.resolve("mutations/mistakes.toml")));
        Set<String> present = new TreeSet<>();
        for (String module : Set.of("vae-core", "vae-models", "vae-experiments", "vae-spark", "benchmarks")) {
            for (Path source : files(PROJECT.resolve(module).resolve("src/test"), ".java")) {
                present.add(source.getFileName().toString().replace(".java", ""));
            }
        }

        assertThat(named).contains("FixtureTest");
        assertThat(present).containsAll(named);
    }

    private static Set<String> tests(Path page) throws IOException {
        return Pattern.compile("\\b[A-Z]\\w+Test\\b")
                .matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Set<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(Collectors.toSet());
        }
    }
}
