package io.vae4j.experiments.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vae4j.experiments.device.TorchFolder.Build;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TorchFolderTest {

    @TempDir
    private Path torch;

    private Path lib;

    @BeforeEach
    void makeFolder() throws IOException {
        lib = Files.createDirectory(torch.resolve("lib"));
    }

    @Test
    void isNothingWithoutLibtorch() {
        assertThat(TorchFolder.at(lib)).isEmpty();
        assertThat(TorchFolder.onPath(lib + File.pathSeparator + torch.resolve("absent")))
                .isEmpty();
    }

    @Test
    void tellsACpuBuildFromACudaBuild() throws IOException {
        library("torch");
        assertThat(TorchFolder.at(lib)).contains(new TorchFolder(lib, Build.CPU, Optional.empty()));
        library("torch_cuda");
        assertThat(TorchFolder.at(lib)).contains(new TorchFolder(lib, Build.CUDA, Optional.empty()));
    }

    @Test
    void readsTheVersionOfAWheelAndOfAnArchive() throws IOException {
        library("torch");
        Files.writeString(torch.resolve("build-version"), "2.7.0+cu128\n");
        assertThat(TorchFolder.at(lib).flatMap(TorchFolder::version)).contains("2.7.0");
        Files.writeString(torch.resolve("version.py"), "__version__ = '2.7.1+cu126'\ndebug = False\n");
        assertThat(TorchFolder.at(lib).flatMap(TorchFolder::version)).contains("2.7.1");
    }

    @Test
    void takesTheFirstHitOnAPathWhetherFolderOrFile() throws IOException {
        Path file = library("torch");
        TorchFolder expected = new TorchFolder(lib, Build.CPU, Optional.empty());
        assertThat(TorchFolder.onPath(torch + File.pathSeparator + lib)).contains(expected);
        assertThat(TorchFolder.onPath(file.toString())).contains(expected);
    }

    private Path library(String name) throws IOException {
        return Files.createFile(lib.resolve(System.mapLibraryName(name)));
    }
}
