package io.vae4j.models.network;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;

/** How a dense layer starts. */
public enum Initialisation {
    /** Weights and biases U(+-1/sqrt(fanIn)): what torch's Linear does. */
    FAN_IN_UNIFORM {
        @Override
        Initializer weight(long fanIn, long fanOut) {
            return uniform(1 / Math.sqrt((double) fanIn));
        }

        @Override
        Initializer bias(long fanIn) {
            return weight(fanIn, 1);
        }
    },
    /** Weights U(+-sqrt(6 / (fanIn + fanOut))), biases zero. Glorot and Bengio 2010, eq. 16. */
    GLOROT_UNIFORM {
        @Override
        Initializer weight(long fanIn, long fanOut) {
            return uniform(Math.sqrt(6.0 / (double) (fanIn + fanOut)));
        }

        @Override
        Initializer bias(long fanIn) {
            return Initializer.ZEROS;
        }
    };

    abstract Initializer weight(long fanIn, long fanOut);

    abstract Initializer bias(long fanIn);

    private static Initializer uniform(double bound) {
        return new UniformInitializer((float) bound);
    }
}
