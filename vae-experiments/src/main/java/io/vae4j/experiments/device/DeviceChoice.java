package io.vae4j.experiments.device;

import io.vae4j.experiments.InvalidInput;
import java.util.Optional;

/** The device to compute on, why, and where its libraries come from. */
public sealed interface DeviceChoice {

    /** For people: "no NVIDIA driver found". */
    String reason();

    /** Where libtorch comes from. */
    Route route();

    /** The CPU; {@code remedy} is what would make a GPU usable, when one is there. */
    record Cpu(String reason, Optional<String> remedy, Route route) implements DeviceChoice {}

    /** The GPU that CUDA counts as {@code index}. */
    record Gpu(int index, String reason, Route route, IfUnusable ifUnusable) implements DeviceChoice {}

    /** What to do when PyTorch, once started, cannot compute on the GPU after all. */
    enum IfUnusable {
        COMPUTE_ON_CPU,
        REFUSE
    }

    /**
     * Decides from the request and the facts alone; equal arguments give equal choices.
     *
     * @throws InvalidInput when a GPU is asked for and there is none to be had, or the user's settings for PyTorch
     *     contradict each other or this build
     */
    static DeviceChoice decide(DeviceRequest request, Facts facts) {
        return new Decision(facts).on(request);
    }
}
