package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.model.LatentModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * z ~ q(z|x_obs, x_mis), taken as if it were the posterior. Where q is p(z|x) this is Gibbs sampling of p(x_mis|x_obs);
 * otherwise the chain has another law, close to it if q is close. Rezende et al. 2014, appendix F,
 * https://arxiv.org/abs/1401.4082
 */
public record PseudoGibbs() implements ImputationKernel {

    @Override
    public String name() {
        return "pseudo-gibbs";
    }

    @Override
    public Chains begin(LatentModel model, NDManager keeper) {
        return (pass, x, condition) -> {
            List<NDArray> fromTop = new ArrayList<>();
            model.boundTerms(pass, x, condition, 1)
                    .layers()
                    .forEach(layer -> fromTop.add(layer.inference().latent()));
            Collections.reverse(fromTop);
            return model.generate(pass, fromTop, 1, condition);
        };
    }
}
