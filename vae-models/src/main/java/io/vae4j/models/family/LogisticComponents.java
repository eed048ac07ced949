package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Ops;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.distribution.Support;
import java.util.Arrays;

/**
 * Bytes under a mixture of logistic components, each of which is predicted as a log scale and a distance from where it
 * starts: side by side from 0 to 1, as far apart as their standard deviation.
 */
abstract class LogisticComponents<D extends Distribution> extends FamilyBlock<D> {

    private final int components;

    LogisticComponents(Shape event, int components) {
        super(event);
        this.components = components;
        if (components < 1) {
            throw new IllegalArgumentException("a mixture of " + components + " components; expected at least 1");
        }
    }

    /** Locs from what a head says, [K or 1, B, components, ...]. */
    final NDArray placed(NDArray raw) {
        long[] column = new long[raw.getShape().dimension() - 2];
        Arrays.fill(column, 1);
        column[0] = components;
        NDArray numbers = raw.getManager().arange(0, components, 1, raw.getDataType(), raw.getDevice());
        NDArray middles = Ops.scale(Ops.shift(numbers, 0.5), 1.0 / components);
        return raw.add(middles.reshape(new Shape(column)));
    }

    /** Log scales from what a head says. */
    final NDArray scaled(NDArray raw) {
        return LocationScale.boundedLogScale(Ops.shift(raw, start()));
    }

    private double start() {
        return Scale.unbounded(-Math.log(components * DiscretizedLogisticPixels.UNIT_DEVIATION));
    }

    /**
     * Lines that assign the {@code weights}, {@code loc} and {@code precision} of components in PyTorch, each [B,
     * components, N], by heads of these names.
     *
     * @param elements N
     */
    final String pyTorchComponents(long elements) {
        return """
                loc = self.loc(x).reshape(-1, %1$d, %2$d)
                loc = loc + (torch.cumsum(torch.ones_like(loc), 1) - 0.5) / %1$d
                precision = torch.exp(-10 * torch.tanh((self.logScale(x).reshape(-1, %1$d, %2$d) + %3$s) / 10))
                weights = torch.softmax(self.logits(x).reshape(-1, %1$d, %2$d), 1)
                """.formatted(components, elements, start());
    }

    @Override
    public final Support support() {
        return Support.BYTE_LEVELS;
    }
}
