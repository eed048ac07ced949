package io.vae4j.models.network;

import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;

/**
 * How an affine layer starts. The fan-in is the number of terms of one output element: the length of the input of a
 * dense layer, channels times window for a convolution.
 */
public enum Initialization {
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
    },
    /**
     * Weights N(0, 2 / fanIn), biases zero: keeps second moments through rectified layers of any depth. He et al. 2015,
     * section 2.2, https://arxiv.org/abs/1502.01852
     */
    HE_NORMAL {
        @Override
        Initializer weight(long fanIn, long fanOut) {
            return normal(Math.sqrt(2.0 / (double) fanIn));
        }

        @Override
        Initializer bias(long fanIn) {
            return Initializer.ZEROS;
        }
    },
    /**
     * A tenth of {@link #HE_NORMAL}, for the last layer of a residual branch: the branch then adds about one hundredth
     * of the variance that it reads, and yet all layers have a gradient from the first step on.
     */
    FAINT_NORMAL {
        @Override
        Initializer weight(long fanIn, long fanOut) {
            return normal(0.1 * Math.sqrt(2.0 / (double) fanIn));
        }

        @Override
        Initializer bias(long fanIn) {
            return Initializer.ZEROS;
        }
    };

    abstract Initializer weight(long fanIn, long fanOut);

    abstract Initializer bias(long fanIn);

    private static Initializer normal(double scale) {
        return new NormalInitializer((float) scale);
    }

    private static Initializer uniform(double bound) {
        return new UniformInitializer((float) bound);
    }
}
