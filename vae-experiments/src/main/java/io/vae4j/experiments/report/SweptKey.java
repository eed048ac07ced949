package io.vae4j.experiments.report;

import io.vae4j.experiments.drawing.Axis;
import java.util.Optional;

/**
 * A key that varies in a sweep.
 *
 * @param name such as {@code model.latent}
 * @param scale how its numbers lie on an axis; empty where its values are names, or parts with keys of their own
 */
public record SweptKey(String name, Optional<Axis.Scale> scale) {}
