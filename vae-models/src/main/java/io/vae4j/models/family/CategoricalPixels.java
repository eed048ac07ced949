package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.CategoricalLevels;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.models.network.Affine;
import java.util.List;

/**
 * Bytes of which each level has a logit of its own. Van den Oord et al. 2016, section 3,
 * https://arxiv.org/abs/1601.06759
 */
public final class CategoricalPixels extends FamilyBlock<CategoricalLevels> implements PyTorchSource {

    private final Affine logits;

    public CategoricalPixels(Shape event, Head head) {
        super(event);
        logits = head("logits", head, new Shape(CategoricalLevels.LEVELS).addAll(event));
    }

    @Override
    public CategoricalLevels of(Pass pass, NDArray features) {
        return new CategoricalLevels(parameter(pass, logits, features), eventRank());
    }

    @Override
    public Support support() {
        return Support.BYTE_LEVELS;
    }

    @Override
    public String title() {
        return "categorical log-likelihood of bytes";
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        int last = CategoricalLevels.LEVELS - 1;
        return PyTorchCode.forward(
                "x",
                List.of(
                        "x = self.logits(x).reshape(-1, " + CategoricalLevels.LEVELS + ", " + event().size() + ")",
                        "levels = (torch.cumsum(torch.ones_like(x), 1) - 1) / " + last,
                        "return " + shaped("torch.sum(torch.softmax(x, 1) * levels, [1])")));
    }
}
