package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "DJL looks on the PATH there, which cannot be set from inside")
final class CudaRuntimeTest {

    @TempDir
    private Path site;

    @Test
    void takesTheFolderOfLibtorchWhenTheRuntimeIsInIt() throws IOException {
        Path lib = Files.createDirectories(site.resolve("torch/lib"));
        Files.createFile(lib.resolve("libcudart.so.12"));
        assertThat(CudaRuntime.folderFor(lib)).contains(lib);
    }

    @Test
    void findsTheRuntimeThatAWheelLeavesToItsSisterPackage() throws IOException {
        Path lib = Files.createDirectories(site.resolve("torch/lib"));
        Path runtime = Files.createDirectories(site.resolve("nvidia/cuda_runtime/lib"));
        Files.createFile(runtime.resolve("libcudart.so.12"));
        assertThat(CudaRuntime.folderFor(lib)).contains(runtime);
    }

    @Test
    void linksAHashedNameUnderTheOneThatJnaAccepts() throws IOException {
        Path lib = Files.createDirectories(site.resolve("libtorch/lib"));
        Path hashed = Files.writeString(lib.resolve("libcudart-218eec4c.so.12"), "runtime");
        Path folder = CudaRuntime.folderFor(lib).orElseThrow();
        assertThat(folder.resolve("libcudart.so")).isSymbolicLink().hasSameBinaryContentAs(hashed);
    }
}
