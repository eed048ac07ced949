package io.vae4j.core.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Memoized;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import java.util.List;
import java.util.Optional;

/**
 * Independent copies along the axes before the event axes, as one event: {@code log p(x) = sum_i log p_i(x_i)}. The
 * elementwise families take their event rank themselves; this is for those that do not, such as a {@link Mixture} for
 * each pixel.
 */
public sealed interface Independent extends Distribution {

    /** The copies, with parameters [K or 1, B or 1, ...axes, ...event]. */
    Distribution base();

    /** How many axes before the base's event axes become event axes. */
    int axes();

    /** Independent copies. */
    static Independent of(Distribution base, int axes) {
        return new Drawn(base, axes);
    }

    /** Independent copies whose samples are differentiable. */
    static Differentiable of(ReparameterizedDistribution base, int axes) {
        return new Differentiable(base, axes);
    }

    /** Copies of any distribution. */
    record Drawn(Distribution base, int axes) implements Independent {
        public Drawn {
            requireAxes(base, axes);
        }
    }

    /** Copies of a distribution with differentiable samples. */
    record Differentiable(ReparameterizedDistribution base, int axes)
            implements Independent, ReparameterizedDistribution {
        public Differentiable {
            requireAxes(base, axes);
        }

        @Override
        public Sample rsample(Noise noise, long samples) {
            Sample each = base.rsample(noise, samples);
            return new Sample(
                    each.value(),
                    each.logProb().map(density -> Memoized.of(() -> Ops.sumEvents(density.get(), axes))),
                    each.codes());
        }
    }

    @Override
    default int eventRank() {
        return base().eventRank() + axes();
    }

    @Override
    default Support support() {
        return base().support();
    }

    @Override
    default NDArray logProb(NDArray value) {
        Shapes.requireEvent(this, value);
        return Ops.sumEvents(base().logProb(value), axes());
    }

    @Override
    default NDArray sample(Noise noise, long samples) {
        return base().sample(noise, samples);
    }

    @Override
    default NDArray mean() {
        return base().mean();
    }

    @Override
    default Optional<NDArray> kl(Distribution other) {
        if (other instanceof Independent p && p.axes() == axes()) {
            return base().kl(p.base()).map(each -> Ops.sumEvents(each, axes()));
        }
        return Optional.empty();
    }

    @Override
    default Optional<NDArray> entropy() {
        return base().entropy().map(each -> Ops.sumEvents(each, axes()));
    }

    @Override
    default Shape shape() {
        return base().shape();
    }

    @Override
    default List<Constraint> constraints() {
        return base().constraints();
    }

    private static void requireAxes(Distribution base, int axes) {
        int free = base.shape().dimension() - base.eventRank() - 2;
        if (axes < 0 || axes > free) {
            throw new IllegalArgumentException(axes + " axes are to become event axes of parameters of shape "
                    + base.shape() + " with event rank " + base.eventRank() + "; expected 0 to " + free
                    + ": the axes K and B stay");
        }
    }
}
