package io.vae4j.experiments.cli;

/** Whence the latents of samples are drawn. */
enum LatentOrigin {
    PRIOR,
    MIXTURE
}
