package io.vae4j.experiments.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vae4j.experiments.InvalidInput;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which jars are taken for plugins. */
class PluginsTest {

    @Test
    void theVariableListsJarsAsAClassPathDoes() {
        assertThat(Plugins.listed("a.jar" + File.pathSeparator + File.pathSeparator + "b.jar"))
                .containsExactly(Path.of("a.jar"), Path.of("b.jar"));
        assertThat(Plugins.listed("")).isEmpty();
        assertThatThrownBy(() -> Plugins.listed("a\0.jar"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll("this is no path", "VAE_PLUGINS");
    }
}
