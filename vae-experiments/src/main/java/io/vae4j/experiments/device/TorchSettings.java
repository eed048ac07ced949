package io.vae4j.experiments.device;

import java.util.Optional;

/**
 * What the user tells DJL about PyTorch, by environment variable or system property.
 *
 * @param libraryPath {@code PYTORCH_LIBRARY_PATH}: where libtorch is
 * @param flavour {@code PYTORCH_FLAVOR}: {@code cpu}, or CUDA's version such as {@code cu128}
 * @param version {@code PYTORCH_VERSION}
 */
public record TorchSettings(Optional<String> libraryPath, Optional<String> flavour, Optional<String> version) {}
