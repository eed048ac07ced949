package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.device.Diagnosis.Finding;
import io.vae4j.experiments.device.Diagnosis.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {

    @TempDir
    private Path folder;

    @Test
    void findsThisMachineFitToComputeOnTheCpu() {
        Diagnosis diagnosis = new Doctor(
                        DeviceRequest.parse("cpu"),
                        folder.resolve("not/yet/there"),
                        folder,
                        Optional.of("MNIST, 4 files"))
                .examine();
        assertThat(diagnosis.findings())
                .extracting(Finding::name)
                .containsExactly(
                        "Java",
                        "System",
                        "DJL",
                        "PyTorch",
                        "Arithmetic",
                        "Device",
                        "Threads",
                        "CUDA kernels",
                        "Memory",
                        "DJL's cache",
                        "vae4j's cache",
                        "Current folder",
                        "Data");
        assertThat(named("Device", diagnosis)).isEqualTo(Finding.ok("Device", "cpu: --device cpu"));
        assertThat(named("PyTorch", diagnosis).value()).startsWith("2.");
        // The build runs tests on one thread.
        assertThat(named("Threads", diagnosis).value()).startsWith("1 within an operation, ");
        assertThat(diagnosis.exitStatus()).isZero();
    }

    @Test
    void reportsAGpuThatIsNotThereAsAProblem() {
        Diagnosis diagnosis = new Doctor(DeviceRequest.parse("gpu:9999"), folder, folder, Optional.empty()).examine();
        assertThat(named("Device", diagnosis).status()).isEqualTo(Status.PROBLEM);
        assertThat(named("Device", diagnosis).remedy().orElseThrow()).startsWith("gpu:9999 asked, but ");
        assertThat(named("Data", diagnosis).status()).isEqualTo(Status.WARNING);
        assertThat(diagnosis.exitStatus()).isEqualTo(1);
    }

    @Test
    void reportsAFolderThatCannotBeWrittenAsAProblem() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(Doctor.folder("Current folder", file, "--out"))
                .isEqualTo(Finding.problem(
                        "Current folder", file + ", which cannot be written", "set --out to a folder that can"));
    }

    @Test
    void alignsValuesAndPutsRemediesBelowThem() {
        Diagnosis diagnosis = new Diagnosis(List.of(
                Finding.ok("Java", "17"),
                Finding.warningIf(true, "Device", "cpu: no GPU", "buy one"),
                Finding.problem("Disk", "full", "free some")));
        assertThat(diagnosis.text()).isEqualToNormalizingNewlines("""
                        ok       Java    17
                        warning  Device  cpu: no GPU
                                         -> buy one
                        PROBLEM  Disk    full
                                         -> free some
                        """);
        assertThat(diagnosis.exitStatus()).isEqualTo(1);
        assertThat(new Diagnosis(diagnosis.findings().subList(0, 2)).exitStatus())
                .isZero();
    }

    private static Finding named(String name, Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
