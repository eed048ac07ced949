package io.vae4j.models.posterior;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Lazy;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Draw;
import io.vae4j.core.distribution.Reparameterized;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What flows make of a base distribution, for one batch.
 *
 * @param flows in the order in which they are applied
 * @param parameters the pass in which it was inferred, which says where the flows' parameters come from
 * @param context [K or 1, B, F]
 */
record Flowed(Reparameterized base, List<Flow> flows, Pass parameters, NDArray context)
        implements ApproximatePosterior {

    @Override
    public Draw draw(Pass pass, long draws) {
        Draw start = base.rsample(pass.noise(), draws);
        Lazy<NDArray> logBase = start.logProb().orElseThrow();
        NDArray value = start.value();
        Optional<NDArray> logDet = Optional.empty();
        for (Flow flow : flows) {
            Flow.Transformed next = flow.transform(parameters, value, context);
            value = next.value();
            logDet = Optional.of(logDet.map(sum -> sum.add(next.logDet())).orElse(next.logDet()));
        }
        Optional<NDArray> volume = logDet;
        return Draw.of(value, Lazy.of(() -> volume.map(logBase.get()::sub).orElseGet(logBase)));
    }

    @Override
    public NDArray centre() {
        NDArray value = base.mean();
        for (Flow flow : flows) {
            value = flow.transform(parameters, value, context).value();
        }
        return value;
    }

    @Override
    public Optional<Distribution> density() {
        List<InvertibleFlow> invertible = flows.stream()
                .flatMap(flow -> flow instanceof InvertibleFlow inverse ? Stream.of(inverse) : Stream.empty())
                .toList();
        return invertible.size() == flows.size()
                ? Optional.of(new FlowDistribution(this, invertible))
                : Optional.empty();
    }

    @Override
    public Optional<NDArray> penalty() {
        return Optional.empty();
    }
}
