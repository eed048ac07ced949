package io.vae4j.experiments.cli;

import java.util.Locale;

/** Whence the latents of samples are drawn; by these names on the command line. */
enum LatentOrigin {
    PRIOR,
    MIXTURE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
