package io.vae4j.experiments.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds CUDA's runtime library, so that DJL's own count of GPUs works.
 *
 * <p>DJL counts GPUs by loading {@code libcudart} through JNA, and counts none when JNA cannot find it, even while
 * libtorch computes on the GPU. JNA accepts {@code libcudart.so} and {@code libcudart.so.12}, but not the hashed name
 * under which PyTorch's archive ships the same file ({@code libcudart-218eec4c.so.12}).
 */
final class CudaRuntime {

    private static final Pattern PLAIN = Pattern.compile("libcudart\\.so(\\.\\d+)*");
    private static final Pattern HASHED = Pattern.compile("libcudart-[0-9a-f]+\\.so(\\.\\d+)*");

    private CudaRuntime() {}

    /** A folder for {@code jna.library.path}, if the runtime is in or near {@code torch}, or in CUDA's usual place. */
    static Optional<Path> folderFor(Path torch) {
        List<Path> candidates = new ArrayList<>();
        candidates.add(torch);
        // A PyTorch wheel leaves CUDA to sister packages: site-packages/nvidia/cuda_runtime/lib.
        candidates.add(torch.resolve("../../nvidia/cuda_runtime/lib").normalize());
        for (String variable : new String[] {"CUDA_HOME", "CUDA_PATH"}) {
            Optional.ofNullable(System.getenv(variable)).ifPresent(home -> candidates.add(Path.of(home, "lib64")));
        }
        candidates.add(Path.of("/usr/local/cuda/lib64"));
        return candidates.stream().flatMap(folder -> usable(folder).stream()).findFirst();
    }

    private static Optional<Path> usable(Path folder) {
        return file(folder, PLAIN)
                .map(file -> folder)
                .or(() -> file(folder, HASHED).flatMap(CudaRuntime::linkedUnderPlainName));
    }

    private static Optional<Path> file(Path folder, Pattern name) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            name.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Path> linkedUnderPlainName(Path runtime) {
        try {
            Path folder = Files.createTempDirectory("vae4j-cudart");
            Path link = Files.createSymbolicLink(folder.resolve("libcudart.so"), runtime.toAbsolutePath());
            folder.toFile().deleteOnExit();
            link.toFile().deleteOnExit();
            return Optional.of(folder);
        } catch (IOException | UnsupportedOperationException refused) {
            // Only DJL's count is lost; NativeLibraries tries the GPU itself.
            return Optional.empty();
        }
    }
}
