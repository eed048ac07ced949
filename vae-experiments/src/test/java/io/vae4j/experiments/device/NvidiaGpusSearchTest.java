package io.vae4j.experiments.device;

import static io.vae4j.experiments.device.Machine.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The stand-ins for nvidia-smi are shell commands")
final class NvidiaGpusSearchTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    @Test
    void readsTheKernelsFilesInTheOrderOfPciAddresses() throws IOException {
        card("0000:81:00.0", "Model: \t\t NVIDIA T4\nGPU UUID: \t GPU-b\nDevice Minor: \t 1\n");
        card("0000:01:00.0", "Model: \t\t NVIDIA L4\nIRQ: 10\nGPU UUID: \t GPU-a\nDevice Minor: \t 0\n");
        node("nvidia0");
        node("nvidia1");
        assertThat(search("exit 1").cards())
                .containsExactly(new NvidiaGpus.Card("NVIDIA L4", "GPU-a"), new NvidiaGpus.Card("NVIDIA T4", "GPU-b"));
    }

    @Test
    void passesOverACardThatTheContainerWasNotGiven() throws IOException {
        card("0000:01:00.0", "Model: NVIDIA L4\nGPU UUID: GPU-a\nDevice Minor: 0\n");
        card("0000:81:00.0", "Model: NVIDIA T4\nGPU UUID: GPU-b\nDevice Minor: 1\n");
        node("nvidia1");
        assertThat(search("exit 1").cards()).containsExactly(new NvidiaGpus.Card("NVIDIA T4", "GPU-b"));
    }

    @Test
    void asksTheCommandWhenTheKernelHasNoFiles() {
        List<String> command = shell("echo 'GPU 0: %s (UUID: %s)'".formatted(FIRST.name(), FIRST.uuid()));
        assertThat(NvidiaGpus.search(root, command, LIMIT, Optional.of("0")))
                .isEqualTo(new NvidiaGpus(List.of(FIRST), Optional.of("0"), "NVIDIA driver found by nvidia-smi"));
    }

    @Test
    void saysWhenTheCommandIsNotThere() {
        List<String> command = List.of("no-such-command-here");
        assertThat(NvidiaGpus.search(root, command, LIMIT, Optional.empty()).search())
                .isEqualTo("no NVIDIA driver found");
    }

    @Test
    void repeatsWhatAFailingCommandSays() {
        assertThat(search("echo 'NVIDIA-SMI has failed'; exit 9"))
                .isEqualTo(none("nvidia-smi found no working driver: NVIDIA-SMI has failed"));
        assertThat(search("exit 9").search()).isEqualTo("nvidia-smi found no working driver: exit code 9");
    }

    @Test
    void givesUpOnACommandThatDoesNotAnswer() {
        List<String> command = List.of("sleep", "60");
        assertThat(NvidiaGpus.search(root, command, Duration.ofMillis(50), Optional.empty()))
                .isEqualTo(none("sleep 60 had no result within 0 s"));
    }

    @Test
    void saysWhenADriverHasNoCards() {
        assertThat(search("echo 'No devices found.'")).isEqualTo(none("NVIDIA driver found, but no GPU"));
    }

    private NvidiaGpus search(String script) {
        return NvidiaGpus.search(root, shell(script), LIMIT, Optional.empty());
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    private static NvidiaGpus none(String search) {
        return new NvidiaGpus(List.of(), Optional.empty(), search);
    }

    private void card(String address, String information) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc/driver/nvidia/gpus/" + address));
        Files.writeString(folder.resolve("information"), information);
    }

    private void node(String name) throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("dev")).resolve(name));
    }
}
