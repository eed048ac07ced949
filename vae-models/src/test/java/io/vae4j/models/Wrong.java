package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.prior.DensityPrior;
import io.vae4j.models.prior.StandardNormalPrior;
import java.util.Optional;

/** Parts with a mistake, for tests that must notice it. */
final class Wrong {

    private Wrong() {}

    /** N(0, 1) with its log density too high, or its samples moved. */
    static final class NormalPrior extends DensityPrior {

        private final double excess;
        private final double shift;
        private final StandardNormalPrior right = child("right", new StandardNormalPrior(1));

        NormalPrior(double excess, double shift) {
            this.excess = excess;
            this.shift = shift;
        }

        @Override
        public Distribution given(Pass pass, Condition condition) {
            return new Spoilt(right.given(pass, condition), excess, shift);
        }
    }

    /** A Gaussian whose samples carry the density of their noise: {@code log|det dz/deps|} is forgotten. */
    static final class NoiseDensityPosterior extends TypedBlock implements Posterior {

        private final Gaussian right = child("right", new Gaussian(1, Initialization.FAN_IN_UNIFORM));

        @Override
        public ApproximatePosterior infer(Pass pass, NDArray features, Condition condition) {
            return new NoiseDensity(right.of(pass, features));
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return pass.forward(right, inputs);
        }
    }

    private record NoiseDensity(DiagonalNormal right) implements ApproximatePosterior {

        @Override
        public Sample sample(Pass pass, long samples) {
            Sample draw = right.rsample(pass.noise(), samples);
            NDArray logDeterminant = Ops.sumEvents(right.logScale(), 1);
            return Sample.of(
                    draw.value(),
                    Memoized.of(() -> draw.logProb().orElseThrow().get().add(logDeterminant)));
        }

        @Override
        public NDArray pointEstimate() {
            return right.mean();
        }

        @Override
        public Optional<Distribution> density() {
            return Optional.of(right);
        }

        @Override
        public Optional<NDArray> penalty() {
            return Optional.empty();
        }
    }

    private record Spoilt(Distribution right, double excess, double shift) implements Distribution {

        @Override
        public int eventRank() {
            return right.eventRank();
        }

        @Override
        public Support support() {
            return right.support();
        }

        @Override
        public NDArray logProb(NDArray value) {
            return Ops.shift(right.logProb(value), excess);
        }

        @Override
        public NDArray sample(Noise noise, long samples) {
            return Ops.shift(right.sample(noise, samples), shift);
        }

        @Override
        public NDArray mean() {
            return right.mean();
        }

        @Override
        public Optional<NDArray> kl(Distribution other) {
            return Optional.empty();
        }
    }
}
