package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.models.network.Affine;
import java.util.List;
import java.util.Optional;

/**
 * Families of a location, which the network predicts, and a scale that is fixed, learned or predicted as well; a
 * subclass says which distribution they make. What is learned or predicted is a log scale, softly bounded to +-10.
 */
public abstract class LocationScaleFamily<D extends Distribution> extends FamilyBlock<D> {

    private final double start;
    private final Affine loc;
    private final Optional<Affine> predicted;
    private final Optional<Parameter> learned;

    /**
     * @param event the shape of one event
     * @param scale where the standard deviation comes from
     * @param unitDeviation the standard deviation of the distribution whose log scale is zero, such as 1 for a Gaussian
     * @param head from features to parameters
     */
    // head(), child() and parameter() are final and run no method of a subclass
    @SuppressWarnings("this-escape")
    protected LocationScaleFamily(Shape event, Scale scale, double unitDeviation, Head head) {
        super(event);
        start = Math.log(scale.sigma() / unitDeviation);
        loc = head("loc", head);
        predicted = scale instanceof PredictedScale
                ? Optional.of(head("logScale", head.withoutGivenBias()))
                : Optional.empty();
        learned = learnedShape(scale, event).map(this::learned);
    }

    /** Java 17 has no switch over types. */
    private static Optional<Shape> learnedShape(Scale scale, Shape event) {
        if (scale instanceof GlobalScale.Isotropic) {
            return Optional.of(new Shape(1));
        }
        return scale instanceof GlobalScale.Each ? Optional.of(event) : Optional.empty();
    }

    private Parameter learned(Shape shape) {
        ConstantInitializer initial = new ConstantInitializer((float) Scale.unbounded(start));
        return parameter("logScale", Parameter.Type.OTHER, shape, initial);
    }

    /**
     * @param loc [K or 1, B, ...event]
     * @param logScale of the same shape
     */
    protected abstract D given(NDArray loc, NDArray logScale);

    @Override
    public final D of(Pass pass, NDArray features) {
        NDArray center = parameter(pass, loc, features);
        return given(
                center,
                predicted
                        .map(head -> predicted(pass, head, features))
                        .orElseGet(() -> same(pass, center).broadcast(center.getShape())));
    }

    /** The mean in PyTorch, and beside it the log scale where it is not fixed, for a {@link PyTorchSource}. */
    protected final PyTorchCode pyTorchLoc() {
        return withLogScale(PyTorchCode.returning("x", shaped("self.loc(x)")));
    }

    /**
     * The same where the mean is not loc.
     *
     * @param code assigns {@code mean} given {@code loc} and {@code precision}, which is 1 / scale
     */
    protected final PyTorchCode pyTorchMeanBy(String code) {
        String loc = "loc = " + shaped("self.loc(x)");
        return withLogScale(PyTorchCode.forward("x", lines(loc, "precision = " + precision(), code, "return mean")));
    }

    private String precision() {
        if (predicted.isPresent()) {
            return "torch.exp(torch.neg(self.log_scale(x)))";
        }
        return learned.isPresent()
                ? "torch.exp(torch.neg(self.log_scale()))"
                : "torch.full_like(loc, " + Math.exp(-start) + ")";
    }

    private PyTorchCode withLogScale(PyTorchCode.Methods mean) {
        if (learned.isPresent()) {
            return mean.and("log_scale", "", List.of("return 10 * torch.tanh(self.logScale / 10)"));
        }
        String raw = start == 0 ? "x" : "(x + " + Scale.unbounded(start) + ")";
        return predicted.isEmpty()
                ? mean
                : mean.and(
                        "log_scale",
                        "x",
                        List.of("x = " + shaped("self.logScale(x)"), "return 10 * torch.tanh(" + raw + " / 10)"));
    }

    private NDArray predicted(Pass pass, Affine head, NDArray features) {
        NDArray raw = parameter(pass, head, features);
        return LocationScale.boundedLogScale(start == 0 ? raw : Ops.shift(raw, Scale.unbounded(start)));
    }

    private NDArray same(Pass pass, NDArray like) {
        return learned.map(parameter -> LocationScale.boundedLogScale(pass.value(parameter)))
                .orElseGet(() -> Ops.full(like, new Shape(1), start));
    }
}
