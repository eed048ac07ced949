package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.ColorMixture;
import io.vae4j.models.network.Affine;

/**
 * Color pixels under a mixture for each pixel, in which green follows red and blue follows both. Salimans et al. 2017,
 * eq. 1 to 3, https://arxiv.org/abs/1701.05517
 */
public final class ColorMixturePixels extends LogisticComponents<ColorMixture> {

    private static final int CHANNELS = 3;

    private final Affine logits;
    private final Affine loc;
    private final Affine logScale;
    private final Affine coefficients;

    /** @param event red, green and blue, in this order: [3, H, W], or as many elements in one axis */
    public ColorMixturePixels(Shape event, int components, Head head) {
        super(event, components);
        if (event.size() % CHANNELS != 0 || (event.dimension() == 3 && event.get(0) != CHANNELS)) {
            throw new IllegalArgumentException("a mixture of colors over events of shape " + event
                    + "; expected three channels, [3, H, W]: take LogisticMixturePixels for others");
        }
        long pixels = event.size() / CHANNELS;
        Shape each = new Shape(components, CHANNELS, pixels);
        loc = head("loc", head, each);
        logScale = head("logScale", head.withoutGivenBias(), each);
        coefficients = head("coefficients", head.withoutGivenBias(), each);
        logits = head("logits", head.withoutGivenBias(), new Shape(components, pixels));
    }

    /** Coefficients are within +-1, as in the code of Salimans et al. */
    @Override
    public ColorMixture of(Pass pass, NDArray features) {
        return new ColorMixture(
                parameter(pass, logits, features),
                placed(parameter(pass, loc, features)),
                scaled(parameter(pass, logScale, features)),
                parameter(pass, coefficients, features).tanh(),
                event());
    }

    @Override
    public String title() {
        return "discretized logistic mixture log-likelihood of colors";
    }
}
