package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.models.network.Affine;
import java.util.List;

/** Pixels that are independent of each other given one logit for each; a subclass says how a logit scores its pixel. */
public abstract class LogitPixels<D extends Distribution> extends FamilyBlock<D> {

    private final Affine logits;

    /**
     * @param event the shape of an image
     * @param head from features to logits
     */
    // head() is final and runs no method of a subclass
    @SuppressWarnings("this-escape")
    protected LogitPixels(Shape event, Head head) {
        super(event);
        logits = head("logits", head);
    }

    /**
     * The mean in PyTorch, for a {@link PyTorchSource}.
     *
     * @param mean of one pixel given its logit x
     */
    protected final PyTorchCode pyTorchMean(String mean) {
        return PyTorchCode.forward("x", List.of("x = self.logits(x)", "return " + shaped(mean)));
    }

    /**
     * The same of several lines.
     *
     * @param code assigns {@code mean} given the logits {@code l}
     */
    protected final PyTorchCode pyTorchMeanBy(String code) {
        return PyTorchCode.forward("x", lines("l = " + shaped("self.logits(x)"), code, "return mean"));
    }

    /** @param logits [K or 1, B, ...event] */
    protected abstract D given(NDArray logits);

    @Override
    public final D of(Pass pass, NDArray features) {
        return given(parameter(pass, logits, features));
    }
}
