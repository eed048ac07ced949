package io.vae4j.models.flow;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Memoized;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.ReparameterizedDistribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The approximate posterior of one batch that flows make of a base distribution.
 *
 * @param flows in the order in which they are applied
 * @param parameters the pass in which it was inferred, which says where the flows' parameters come from
 * @param context [K or 1, B, F]
 */
public record Flowed(ReparameterizedDistribution base, List<Flow> flows, Pass parameters, NDArray context)
        implements ApproximatePosterior {

    @Override
    public Sample sample(Pass pass, long samples) {
        Sample start = base.rsample(pass.noise(), samples);
        Memoized<NDArray> logBase = start.logProb().orElseThrow();
        NDArray value = start.value();
        Optional<NDArray> logDet = Optional.empty();
        for (Flow flow : flows) {
            Flow.Transformed next = flow.transform(parameters, value, context);
            value = next.value();
            logDet = Optional.of(logDet.map(sum -> sum.add(next.logDet())).orElse(next.logDet()));
        }
        Optional<NDArray> volume = logDet;
        return Sample.of(value, Memoized.of(() -> volume.map(logBase.get()::sub).orElseGet(logBase)));
    }

    @Override
    public NDArray pointEstimate() {
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
