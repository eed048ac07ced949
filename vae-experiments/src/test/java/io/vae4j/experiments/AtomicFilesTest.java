package io.vae4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    @TempDir
    private Path folder;

    private final Map<Path, byte[]> contents = new LinkedHashMap<>();

    @BeforeEach
    void earlier() throws IOException {
        for (String name : new String[] {"first", "head", "last"}) {
            Files.writeString(folder.resolve(name), "old " + name);
            contents.put(folder.resolve(name), ("new " + name).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void filesThatBelongTogetherAreReplacedTogether() throws Exception {
        AtomicFiles.replaceTogether(contents, folder.resolve("head"));

        for (String name : new String[] {"first", "head", "last"}) {
            assertThat(folder.resolve(name)).hasContent("new " + name);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void ifOneCannotBeReplacedAllStayAsTheyWere() throws Exception {
        Files.delete(folder.resolve("last"));
        Files.createDirectories(folder.resolve("last/of-a-user"));

        assertThatThrownBy(() -> AtomicFiles.replaceTogether(contents, folder.resolve("head")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a folder is in its place");
        assertThat(folder.resolve("first")).hasContent("old first");
        assertThat(folder.resolve("head")).hasContent("old head");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }
}
