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
final class NvidiaDriverTest {

    @TempDir
    private Path root;

    @Test
    void readsTheKernelsFilesInTheOrderOfPciAddresses() throws IOException {
        card("0000:81:00.0", "Model: \t\t NVIDIA T4\nGPU UUID: \t GPU-b\nDevice Minor: \t 1\n");
        card("0000:01:00.0", "Model: \t\t NVIDIA L4\nIRQ: 10\nGPU UUID: \t GPU-a\nDevice Minor: \t 0\n");
        node("nvidia0");
        node("nvidia1");
        assertThat(driver("exit 1").gpus(Optional.empty()).cards())
                .containsExactly(new GpuCard("NVIDIA L4", "GPU-a"), new GpuCard("NVIDIA T4", "GPU-b"));
    }

    @Test
    void passesOverACardThatTheContainerWasNotGiven() throws IOException {
        card("0000:01:00.0", "Model: NVIDIA L4\nGPU UUID: GPU-a\nDevice Minor: 0\n");
        card("0000:81:00.0", "Model: NVIDIA T4\nGPU UUID: GPU-b\nDevice Minor: 1\n");
        node("nvidia1");
        assertThat(driver("exit 1").gpus(Optional.empty()).cards()).containsExactly(new GpuCard("NVIDIA T4", "GPU-b"));
    }

    @Test
    void asksTheCommandWhenTheKernelHasNoFiles() {
        NvidiaDriver driver = driver("echo 'GPU 0: %s (UUID: %s)'".formatted(FIRST.name(), FIRST.uuid()));
        assertThat(driver.gpus(Optional.of("0")))
                .isEqualTo(new InstalledGpus(List.of(FIRST), Optional.of("0"), "NVIDIA driver found by nvidia-smi"));
    }

    @Test
    void saysWhenTheCommandIsNotThere() {
        NvidiaDriver driver = new NvidiaDriver(root, List.of("no-such-command-here"), Duration.ofSeconds(5));
        assertThat(driver.gpus(Optional.empty()).search()).isEqualTo("no NVIDIA driver found");
    }

    @Test
    void repeatsWhatAFailingCommandSays() {
        assertThat(driver("echo 'NVIDIA-SMI has failed'; exit 9").gpus(Optional.empty()))
                .isEqualTo(InstalledGpus.none("nvidia-smi found no working driver: NVIDIA-SMI has failed"));
        assertThat(driver("exit 9").gpus(Optional.empty()).search())
                .isEqualTo("nvidia-smi found no working driver: exit code 9");
    }

    @Test
    void givesUpOnACommandThatDoesNotAnswer() {
        NvidiaDriver driver = new NvidiaDriver(root, List.of("sleep", "60"), Duration.ofMillis(50));
        assertThat(driver.gpus(Optional.empty()).search()).startsWith("nvidia-smi did not answer");
    }

    @Test
    void saysWhenADriverHasNoCards() {
        assertThat(driver("echo 'No devices found.'").gpus(Optional.empty()))
                .isEqualTo(InstalledGpus.none("NVIDIA driver found, but no GPU"));
    }

    private NvidiaDriver driver(String script) {
        return new NvidiaDriver(root, List.of("sh", "-c", script), Duration.ofSeconds(20));
    }

    private void card(String address, String information) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc/driver/nvidia/gpus/" + address));
        Files.writeString(folder.resolve("information"), information);
    }

    private void node(String name) throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("dev")).resolve(name));
    }
}
