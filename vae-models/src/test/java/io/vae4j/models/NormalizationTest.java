package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiscretizedLogistic;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Normalization;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.FamilyBlock;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GrayPixels;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Initialization;
import org.junit.jupiter.api.Test;

/** What log p is the logarithm of decides which losses a report sets side by side. */
class NormalizationTest {

    private static final Shape EVENT = new Shape(4);
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    /** One of a user's own, which says no more than it must. */
    private static final class ByteLevels extends FamilyBlock<DiscretizedLogistic> {

        private final Affine loc = head("loc", START);
        private final Affine logScale = head("logScale", START);

        ByteLevels() {
            super(EVENT);
        }

        @Override
        public DiscretizedLogistic of(Pass pass, NDArray features) {
            NDArray bounded = LocationScale.boundedLogScale(parameter(pass, logScale, features));
            return new DiscretizedLogistic(parameter(pass, loc, features), bounded, eventRank());
        }

        @Override
        public Support support() {
            return Support.BYTE_LEVELS;
        }
    }

    @Test
    void whatHasAFewValuesHasProbabilities() {
        assertThat(new ByteLevels().normalization()).isEqualTo(Normalization.PROBABILITY);
        assertThat(new BernoulliPixels(EVENT, START).normalization()).isEqualTo(Normalization.PROBABILITY);
    }

    @Test
    void whatFillsAnIntervalHasADensity() {
        assertThat(new Gaussian(4, START).normalization()).isEqualTo(Normalization.DENSITY);
    }

    @Test
    void aRelaxationIsNeither() {
        assertThat(new GrayPixels(EVENT, START).normalization()).isEqualTo(Normalization.NONE);
    }
}
