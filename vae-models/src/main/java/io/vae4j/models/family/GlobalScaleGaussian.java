package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.LocationScale;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.PosteriorFamily;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Initialization;
import java.util.List;
import java.util.Optional;

/**
 * A Gaussian whose sigma does not depend on the input, {@code N(NN(z), diag(sigma^2))}: the likelihood of real data,
 * and the family that holds the best factorized posterior of a linear-Gaussian model. A learned log scale is softly
 * bounded to +-10.
 */
public final class GlobalScaleGaussian extends FamilyBlock<DiagonalNormal>
        implements PosteriorFamily<DiagonalNormal>, PyTorchSource {

    private final GlobalScale scale;
    private final Affine loc;
    private final Optional<Parameter> logScale;

    /** Over vectors of features. */
    public GlobalScaleGaussian(Shape event, GlobalScale scale, Initialization initialization) {
        this(event, scale, new Head.Dense(initialization));
    }

    public GlobalScaleGaussian(Shape event, GlobalScale scale, Head head) {
        super(event);
        this.scale = scale;
        loc = head("loc", head);
        logScale = scale instanceof GlobalScale.Fixed ? Optional.empty() : Optional.of(learned(event));
    }

    @Override
    public DiagonalNormal of(Pass pass, NDArray features) {
        NDArray mean = parameter(pass, loc, features);
        NDArray same = logScale.map(parameter -> LocationScale.boundedLogScale(pass.value(parameter)))
                .orElseGet(() -> Ops.full(mean, new Shape(1), Math.log(scale.sigma())));
        return new DiagonalNormal(mean, same.broadcast(mean.getShape()), eventRank());
    }

    private Parameter learned(Shape event) {
        Shape shape = scale instanceof GlobalScale.Each ? event : new Shape(1);
        // the inverse of the soft bound, so that sigma starts where it was asked to
        double inside = Math.log(scale.sigma()) / LocationScale.LOG_SCALE_BOUND;
        double unbounded = LocationScale.LOG_SCALE_BOUND * 0.5 * (Math.log1p(inside) - Math.log1p(-inside));
        return parameter("logScale", Parameter.Type.OTHER, shape, new ConstantInitializer((float) unbounded));
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public String title() {
        return "Gaussian log-density";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        PyTorchCode.Methods mean = PyTorchCode.returning("x", shaped("self.loc(x)"));
        return logScale.isEmpty()
                ? mean
                : mean.and("log_scale", "", List.of("return 10 * torch.tanh(self.logScale / 10)"));
    }
}
