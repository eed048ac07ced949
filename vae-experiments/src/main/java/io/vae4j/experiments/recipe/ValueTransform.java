package io.vae4j.experiments.recipe;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Support;
import java.util.Optional;
import java.util.OptionalDouble;

/** What becomes of stored values on their way to the model. */
@EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
public enum ValueTransform {
    /** Bytes are divided by 255, floats are taken as they are. */
    AS_STORED {
        @Override
        public Support support(Support stored) {
            return stored;
        }

        @Override
        public NDArray apply(NDArray levels, NDArray index, Noise noise) {
            return levels;
        }

        @Override
        public Optional<String> incompatibility(Support stored) {
            return Optional.empty();
        }

        @Override
        public OptionalDouble bitsOffset(Support stored) {
            return stored == Support.BYTE_LEVELS ? log2(255) : OptionalDouble.empty();
        }
    },
    /** A bit drawn anew at each use, one with the level as its probability (Burda et al. 2016, section 5). */
    DYNAMIC_BINARIZATION {
        @Override
        public NDArray apply(NDArray levels, NDArray index, Noise noise) {
            return bits(levels, noise.uniform(levels.getShape(), levels));
        }
    },
    /**
     * A bit drawn once: one with the level as its probability, by a number that the example's index and the element
     * choose, so that it is the same in every epoch, run and evaluation (Salakhutdinov and Murray 2008; Larochelle and
     * Murray 2011, whose file of bits this is not).
     */
    STATIC_BINARIZATION {
        @Override
        public NDArray apply(NDArray levels, NDArray index, Noise noise) {
            return bits(levels, FixedUniforms.of(index, levels));
        }
    },
    /** A bit that is one where the level is above a half. */
    THRESHOLD_BINARIZATION {
        @Override
        public NDArray apply(NDArray levels, NDArray index, Noise noise) {
            return bits(levels, Ops.full(levels, levels.getShape(), 0.5));
        }
    },
    /**
     * Bytes b with uniform noise added anew at each use, {@code (b + u) / 256}: a density of these bounds the
     * probability of the bytes. Theis et al. 2016, section 3.1, https://arxiv.org/abs/1511.01844
     */
    DEQUANTIZATION {
        @Override
        public Support support(Support stored) {
            return Support.UNIT_INTERVAL;
        }

        @Override
        public NDArray apply(NDArray levels, NDArray index, Noise noise) {
            try (levels;
                    NDArray bytes = Ops.scale(levels, 255);
                    NDArray uniform = noise.uniform(levels.getShape(), levels);
                    NDArray shifted = bytes.add(uniform)) {
                return Ops.scale(shifted, 1.0 / 256);
            }
        }

        @Override
        public Optional<String> incompatibility(Support stored) {
            return stored == Support.BYTE_LEVELS
                    ? Optional.empty()
                    : Optional.of("only bytes can be dequantized, and the data are " + stored
                            + "; set data.values=as-stored, or store whole numbers from 0 to 255 as uint8");
        }

        @Override
        public OptionalDouble bitsOffset(Support stored) {
            return log2(256);
        }

        @Override
        public boolean boundsBits() {
            return true;
        }
    };

    /** The values that the model sees: bits, but for those that say otherwise. */
    public Support support(Support stored) {
        return Support.BINARY;
    }

    /**
     * What the model sees of some examples.
     *
     * @param levels numbers as they are stored, with bytes from 0 to 1, [B, ...X]; closed unless they are the result
     * @param index the examples' places in their split, [B], INT64
     * @param noise for values that are drawn
     * @return [B, ...X], of the owner of {@code levels}
     */
    public abstract NDArray apply(NDArray levels, NDArray index, Noise noise);

    /** Why stored values cannot become what the model is to see; empty where they can. */
    public Optional<String> incompatibility(Support stored) {
        return Support.UNIT_INTERVAL.covers(stored)
                ? Optional.empty()
                : Optional.of("only levels from 0 to 1 can become bits, and the data are " + stored
                        + "; for a table take the recipe 'table'; else set data.values=as-stored and a likelihood for them such as"
                        + " model.likelihood=gaussian, or scale the data to [0, 1]");
    }

    /**
     * What is added to {@code -log p / (D ln 2)} of a density to make it bits per dimension of the stored bytes: log2
     * of how many levels a unit holds. Empty where the values have no unit.
     */
    public OptionalDouble bitsOffset(Support stored) {
        return OptionalDouble.empty();
    }

    /** Whether bits per dimension of a density are an upper bound on those of the stored bytes. */
    public boolean boundsBits() {
        return false;
    }

    private static OptionalDouble log2(double levels) {
        return OptionalDouble.of(Math.log(levels) / Math.log(2));
    }

    private static NDArray bits(NDArray levels, NDArray thresholds) {
        try (levels;
                thresholds;
                NDArray below = thresholds.lt(levels)) {
            return below.toType(levels.getDataType(), false);
        }
    }
}
