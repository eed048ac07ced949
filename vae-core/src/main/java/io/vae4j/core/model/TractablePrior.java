package io.vae4j.core.model;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import java.util.List;

/** A prior whose density is known; it writes one method, {@link #given}. */
public interface TractablePrior extends Prior {

    /** p(z|c) over events z, [1, B or 1, ...Z]. */
    Distribution given(Pass pass, Condition condition);

    @Override
    default int layers() {
        return 1;
    }

    @Override
    default List<StochasticLayer> explain(Pass pass, Inference inference, Condition condition) {
        return List.of(StochasticLayer.of(inference, given(pass, condition)));
    }

    @Override
    default Sample sample(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        return fromTop.isEmpty()
                ? Sample.of(given(pass, condition).sample(pass.noise(), samples))
                : Sample.of(fromTop.get(0));
    }
}
