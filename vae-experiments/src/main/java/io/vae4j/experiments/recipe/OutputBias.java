package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.models.family.Head;
import io.vae4j.models.network.Initialization;

/** Where the biases of the decoder's last layer start. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum OutputBias {
    /** As all other biases. */
    AS_INITIALIZED {
        @Override
        public Head head(Initialization initialization, LikelihoodSpec likelihood, ModelContext context) {
            return new Head.Dense(initialization);
        }
    },
    /**
     * Where the likelihood's mean is the training set's mean image, so that an untrained decoder already samples it. So
     * does the code that Burda et al. 2016 published; a model of two layers learns several times faster from there.
     */
    MEAN_IMAGE {
        @Override
        public Head head(Initialization initialization, LikelihoodSpec likelihood, ModelContext context) {
            return new Head.Dense(initialization)
                    .startingAt(likelihood.parameterOf(context.mean().get()));
        }
    };

    /**
     * The decoder's last layer, dense, to be handed to {@link LikelihoodSpec#family}; a network of a plugin that has a
     * key {@code outputBias} makes it by this.
     *
     * @param initialization of the weights, and of the biases where nothing else is asked for
     * @param likelihood says what the layer must say for the mean image
     * @param context has the mean image
     */
    public abstract Head head(Initialization initialization, LikelihoodSpec likelihood, ModelContext context);
}
