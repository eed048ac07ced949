package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.experiments.data.ImageSet;
import io.vae4j.models.network.Head;
import io.vae4j.models.network.Initialisation;

/** Where the biases of the decoder's last layer start. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum OutputBias {
    /** As all other biases. */
    AS_INITIALISED {
        @Override
        Head head(Initialisation initialisation, ImageSet train) {
            return new Head.Flat(initialisation);
        }
    },
    /**
     * At the logits of the training set's mean image, so that an untrained decoder already draws it. So does the code
     * that Burda et al. 2016 published; a model of two layers learns several times faster from there.
     */
    MEAN_IMAGE {
        @Override
        Head head(Initialisation initialisation, ImageSet train) {
            return new Head.Flat(initialisation).startingAt(logits(train.mean()));
        }
    };

    /** Pixels that are always black or white would have infinite logits. */
    private static final float RAREST = 0.001f;

    abstract Head head(Initialisation initialisation, ImageSet train);

    private static float[] logits(float[] mean) {
        float[] logits = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            float p = Math.max(RAREST, Math.min(1 - RAREST, mean[i]));
            logits[i] = (float) Math.log(p / (1 - p));
        }
        return logits;
    }
}
