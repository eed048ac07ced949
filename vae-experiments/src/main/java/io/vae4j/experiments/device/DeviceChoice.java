package io.vae4j.experiments.device;

import java.util.Optional;

/** The device to compute on, why, and where its libraries come from. */
sealed interface DeviceChoice {

    /** For people: "no NVIDIA driver found". */
    String reason();

    LibrarySource libraries();

    /** The CPU; {@code remedy} is what would make a GPU usable, when one is there. */
    record Cpu(String reason, Optional<String> remedy, LibrarySource libraries) implements DeviceChoice {}

    /** The GPU that CUDA counts as {@code index}. */
    record Gpu(int index, String reason, LibrarySource libraries, IfUnusable ifUnusable) implements DeviceChoice {}

    /** What to do when PyTorch, once started, cannot compute on the GPU after all. */
    enum IfUnusable {
        COMPUTE_ON_CPU,
        REFUSE
    }
}
