package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiscretizedLogistic;
import io.vae4j.core.distribution.Independent;
import io.vae4j.core.distribution.Mixture;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.models.network.Affine;
import java.util.stream.IntStream;

/**
 * Bytes, each under a mixture of discretized logistics of its own. Salimans et al. 2017, eq. 1 and 2,
 * https://arxiv.org/abs/1701.05517
 */
public final class LogisticMixturePixels extends LogisticComponents<Independent> implements PyTorchSource {

    private final Affine logits;
    private final Affine loc;
    private final Affine logScale;

    public LogisticMixturePixels(Shape event, int components, Head head) {
        super(event, components);
        Shape each = new Shape(components).addAll(event);
        loc = head("loc", head, each);
        logScale = head("logScale", head.withoutGivenBias(), each);
        logits = head("logits", head.withoutGivenBias(), each);
    }

    @Override
    public Independent of(Pass pass, NDArray features) {
        DiscretizedLogistic components = new DiscretizedLogistic(
                componentsLast(placed(parameter(pass, loc, features))),
                componentsLast(scaled(parameter(pass, logScale, features))),
                0);
        return Independent.of(new Mixture(componentsLast(parameter(pass, logits, features)), components), eventRank());
    }

    /** From [K, B, components, ...event] to [K, B, ...event, components], which copies nothing. */
    private NDArray componentsLast(NDArray x) {
        int rank = eventRank() + 3;
        return x.transpose(IntStream.range(0, rank)
                .map(axis -> axis < 2 ? axis : axis == rank - 1 ? 2 : axis + 1)
                .toArray());
    }

    @Override
    public String title() {
        return "discretized logistic mixture log-likelihood";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        return PyTorchCode.forward(
                "x",
                lines(
                        pyTorchComponents(event().size()),
                        DiscretizedLogistic.MEAN_CODE,
                        "return " + shaped("torch.sum(weights * mean, [1])")));
    }
}
