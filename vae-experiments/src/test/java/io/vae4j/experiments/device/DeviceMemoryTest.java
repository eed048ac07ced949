package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceMemoryTest {

    @Test
    void whatIsAvailableIsReadInKibibytes(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:       24689456 kB\nMemFree:          220352 kB\nMemAvailable:   20480000 kB\n");

        assertThat(DeviceMemory.available(file)).hasValue(20480000L * 1024);
        assertThat(DeviceMemory.available(folder.resolve("none"))).isEmpty();
    }

    @Test
    void whatIsAvailableIsNoMoreThanThereIs() {
        assertThat(DeviceMemory.available(Device.cpu()).orElseThrow())
                .isPositive()
                .isLessThanOrEqualTo(DeviceMemory.total(Device.cpu()).orElseThrow());
    }
}
