package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Memoized;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Inference;
import io.vae4j.core.model.LatentModel;
import io.vae4j.models.Vae;
import io.vae4j.models.posterior.Deterministic;
import io.vae4j.models.vq.Codes;
import java.util.Arrays;
import java.util.Optional;

/**
 * z ~ q(z|x_obs, x_mis) is a proposal, accepted with probability {@code min(1, w(z) / w(z'))} against the present z',
 * with {@code w(z) = p(x,z) / q(z|x)}: the chain has p(x_mis|x_obs) as its stationary law whatever q is. Mattei and
 * Frellsen 2018, algorithm 1, https://arxiv.org/abs/1802.04826
 */
public record MetropolisWithinGibbs() implements ImputationKernel {

    @Override
    public String name() {
        return "metropolis";
    }

    @Override
    public Optional<String> incompatibility(LatentModel model) {
        boolean weighs = model instanceof Vae vae
                && vae.prior().layers() == 1
                && !(vae.posterior() instanceof Deterministic)
                && Codes.in(vae).isEmpty();
        return weighs
                ? Optional.empty()
                : Optional.of(
                        "it weighs one layer of latents by their density, and this model has several layers, codes,"
                                + " a point for a posterior, or inference of its own; give --chain pseudo-gibbs");
    }

    @Override
    public Chains begin(LatentModel model, NDManager keeper) {
        return new Weighed((Vae) model, keeper);
    }

    private static final class Weighed implements Chains {

        private final Vae model;
        private final NDManager keeper;
        private Optional<NDArray> present = Optional.empty();
        /** How many proposals of each chain, [B]. */
        private Optional<NDArray> accepted = Optional.empty();

        private int proposals;

        Weighed(Vae model, NDManager keeper) {
            this.model = model;
            this.keeper = keeper;
        }

        @Override
        public Distribution step(Pass pass, NDArray x, Condition condition) {
            BoundTerms proposal = model.boundTerms(pass, x, condition, 1);
            Inference drawn = proposal.onlyLayer("Metropolis-within-Gibbs").inference();
            NDArray z = present.map(old -> {
                        old.attach(pass.batch());
                        return chosen(pass, x, condition, proposal, drawn, old);
                    })
                    .orElseGet(drawn::latent);
            Distribution likelihood = model.decoder().decode(pass, z, condition);
            present = Optional.of(kept(z.duplicate()));
            return likelihood;
        }

        private NDArray kept(NDArray array) {
            array.attach(keeper);
            return array;
        }

        private NDArray chosen(
                Pass pass, NDArray x, Condition condition, BoundTerms proposal, Inference drawn, NDArray old) {
            NDArray logWeight = proposal.logWeight();
            NDArray logRatio = logWeight.sub(
                    model.boundTerms(pass, x, condition, at(old, drawn)).logWeight());
            NDArray accepts =
                    pass.noise().uniform(logWeight.getShape(), logWeight).log().lt(logRatio);
            NDArray more = accepts.toType(DataType.FLOAT32, true).get(0);
            accepted.ifPresent(before -> before.attach(pass.batch()));
            accepted = Optional.of(kept(accepted.map(before -> before.add(more)).orElseGet(more::duplicate)));
            proposals++;
            return NDArrays.where(broadcast(accepts, old), drawn.latent(), old);
        }

        /** The present latent as if it had been drawn from the proposal's posterior. */
        private static Inference at(NDArray old, Inference drawn) {
            ApproximatePosterior q = drawn.posterior();
            Memoized<NDArray> logProb = Memoized.of(() -> q.density()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the posterior has no density that can be evaluated at a given z"))
                    .logProb(old));
            return new Inference(q, drawn.frozen(), Sample.of(old, logProb), old);
        }

        /** [1, B] as [1, B, ...Z]. */
        private static NDArray broadcast(NDArray accepts, NDArray z) {
            long[] axes = new long[z.getShape().dimension()];
            Arrays.fill(axes, 1);
            axes[1] = accepts.getShape().get(1);
            return accepts.reshape(new Shape(axes)).broadcast(z.getShape());
        }

        @Override
        public Optional<NDArray> acceptance() {
            return accepted.map(count -> Ops.scale(count, 1.0 / proposals));
        }
    }
}
