package io.vae4j.models.family;

/**
 * A standard deviation for each element that the network predicts, as it does the mean.
 *
 * @param sigma about where it is before training, positive
 */
public record PredictedScale(double sigma) implements Scale {
    public PredictedScale {
        Scale.check(sigma);
    }
}
