package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
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

/**
 * The factorized Gaussian, {@code (mu, log sigma) = NN(x)}. Kingma and Welling 2014, appendix C.2,
 * https://arxiv.org/abs/1312.6114. The log scale is softly bounded to +-10, which keeps variances and gradients finite.
 */
public final class Gaussian extends FamilyBlock<DiagonalNormal>
        implements PosteriorFamily<DiagonalNormal>, PyTorchSource {

    private final Affine loc;
    private final Affine logScale;

    /** Over vectors, from vectors of features. */
    public Gaussian(long dimensions, Initialization initialization) {
        this(new Shape(dimensions), new Head.Dense(initialization));
    }

    public Gaussian(Shape event, Head head) {
        super(event);
        loc = head("loc", head);
        logScale = head("logScale", head);
    }

    @Override
    public DiagonalNormal of(Pass pass, NDArray features) {
        NDArray bounded = LocationScale.boundedLogScale(parameter(pass, logScale, features));
        return new DiagonalNormal(parameter(pass, loc, features), bounded, eventRank());
    }

    @Override
    public Support support() {
        return Support.REAL;
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return PyTorchCode.returning("x", shaped("self.loc(x)"))
                .and("log_scale", "x", List.of("x = " + shaped("self.logScale(x)"), "return 10 * torch.tanh(x / 10)"));
    }
}
