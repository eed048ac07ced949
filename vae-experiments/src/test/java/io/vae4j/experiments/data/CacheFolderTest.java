package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheFolderTest {

    @TempDir
    private Path home;

    @Test
    void ownVariableComesFirst() {
        Map<String, String> environment =
                Map.of("VAE4J_CACHE", at("own"), "XDG_CACHE_HOME", at("xdg"), "LOCALAPPDATA", at("local"));

        assertThat(path(environment)).isEqualTo(home.resolve("own"));
    }

    @Test
    void thenTheDesktopsCache() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", at("xdg"), "LOCALAPPDATA", at("local"));

        assertThat(path(environment)).isEqualTo(home.resolve("xdg").resolve("vae4j"));
    }

    @Test
    void thenTheOneOfWindows() {
        assertThat(path(Map.of("LOCALAPPDATA", at("local"))))
                .isEqualTo(home.resolve("local").resolve("vae4j"));
    }

    @Test
    void elseAFolderInTheUsersHome() {
        assertThat(path(Map.of())).isEqualTo(home.resolve(".cache").resolve("vae4j"));
    }

    @Test
    void emptyVariablesCountAsUnset() {
        assertThat(path(Map.of("VAE4J_CACHE", "", "XDG_CACHE_HOME", " ")))
                .isEqualTo(home.resolve(".cache").resolve("vae4j"));
    }

    @Test
    void aRelativeDesktopCacheIsIgnored() {
        assertThat(path(Map.of("XDG_CACHE_HOME", "relative")))
                .isEqualTo(home.resolve(".cache").resolve("vae4j"));
    }

    @Test
    void aRelativeOwnVariableIsMadeAbsolute() {
        assertThat(path(Map.of("VAE4J_CACHE", "some/../data")))
                .isAbsolute()
                .isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void refusesAVariableThatIsNoPath() {
        assertThatThrownBy(() -> path(Map.of("VAE4J_CACHE", "a\0b")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("VAE4J_CACHE");
    }

    private Path path(Map<String, String> environment) {
        return new CacheFolder(environment, home).path();
    }

    private String at(String name) {
        return home.resolve(name).toString();
    }
}
