package io.vae4j.experiments.device;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything the choice of a device depends on.
 *
 * @param platform as DJL writes it, such as {@code linux-x86_64}
 * @param torchVersion the version of libtorch that this DJL is built for, such as {@code 2.7.1}
 * @param cudaFlavour the CUDA build that DJL's bridge comes with on this platform, such as {@code cu128}
 * @param gpus the NVIDIA cards
 * @param settings what the user tells DJL
 * @param userLibraries what {@code PYTORCH_LIBRARY_PATH} leads to
 * @param classPathFlavours the flavours of the native jars on the class path
 * @param bundledCpuJar the CPU libraries that the build puts beside our own jar
 * @param cachedCuda CUDA libraries in DJL's cache folder
 * @param cachedCpu CPU libraries in DJL's cache folder
 * @param downloads asked lazily
 */
public record Facts(
        String platform,
        String torchVersion,
        Optional<String> cudaFlavour,
        InstalledGpus gpus,
        TorchSettings settings,
        Optional<TorchFolder> userLibraries,
        List<String> classPathFlavours,
        Optional<Path> bundledCpuJar,
        Optional<TorchFolder> cachedCuda,
        Optional<TorchFolder> cachedCpu,
        DownloadHost downloads) {

    /** Copies the list. */
    public Facts {
        classPathFlavours = List.copyOf(classPathFlavours);
    }
}
