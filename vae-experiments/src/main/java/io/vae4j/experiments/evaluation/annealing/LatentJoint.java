package io.vae4j.experiments.evaluation.annealing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.TractablePrior;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.ComposedModel;
import java.util.Optional;

/**
 * A model with one layer of continuous latents, as a density over them: log p(z|c) and log p(x|z,c) can be evaluated at
 * any z.
 *
 * @param trained whose weights are used, and never changed
 */
record LatentJoint(TrainedModel trained, ComposedModel model, TractablePrior prior) {

    /** What models it is not known of. */
    static final String WANTED = "it walks through one layer of continuous latents whose prior has a density, and the"
            + " model has several, or codes";

    static Optional<LatentJoint> of(TrainedModel trained) {
        LatentModel model = trained.model();
        return model instanceof ComposedModel composed && composed.prior() instanceof TractablePrior prior
                ? Optional.of(new LatentJoint(trained, composed, prior))
                : Optional.empty();
    }

    /** A pass that looks at the model without a gradient to its parameters. */
    Pass pass(NDManager owner, Noise noise) {
        return Pass.evaluation(trained.store(), owner, noise).frozen();
    }

    /** log p(z|c), [C, B], nats. */
    NDArray logPrior(Pass pass, Minibatch data, NDArray z) {
        return prior.given(pass, data.condition()).logProb(z);
    }

    /** log p(x|z,c), [C, B], nats. */
    NDArray logLikelihood(Pass pass, Minibatch data, NDArray z) {
        return decode(pass, z, data.condition()).logProb(data.x());
    }

    /** p(x|z,c). */
    Distribution decode(Pass pass, NDArray z, Condition condition) {
        return model.decoder().decode(pass, z, condition);
    }

    /** Samples of p(z|c), [samples, examples, ...Z]. */
    NDArray drawPrior(Pass pass, Condition condition, long samples, long examples) {
        Distribution prior = prior().given(pass, condition);
        if (prior.shape().get(1) == examples) {
            return prior.sample(pass.noise(), samples);
        }
        NDArray each = prior.sample(pass.noise(), samples * examples);
        return each.reshape(new Shape(samples, examples).addAll(each.getShape().slice(2)));
    }

    /** The density of q(z|x,c), where it can be evaluated. */
    Optional<Distribution> posterior(Pass pass, Minibatch data) {
        return model.boundTerms(pass, data.x(), data.condition(), 1)
                .layers()
                .get(0)
                .inference()
                .posterior()
                .density();
    }

    /** The path from the prior: the likelihood is switched on by and by. */
    AnnealingPath fromPrior(Minibatch data) {
        return new FromPrior(this, data);
    }

    /** The path from the approximate posterior, which is shorter the better that is. */
    AnnealingPath fromPosterior(Minibatch data) {
        return new FromPosterior(this, data);
    }

    private record FromPrior(LatentJoint joint, Minibatch data) implements AnnealingPath {

        @Override
        public NDArray start(NDManager owner, Noise noise, long chains) {
            try (NDManager scratch = owner.newSubManager()) {
                data.lend(scratch);
                long examples = data.x().getShape().get(0);
                NDArray z = joint.drawPrior(joint.pass(scratch, noise), data.condition(), chains, examples);
                z.attach(owner);
                return z;
            }
        }

        @Override
        public Densities at(NDManager owner, NDArray z) {
            data.lend(owner);
            Pass pass = joint.pass(owner, Noise.engine());
            return new Densities(joint.logPrior(pass, data, z), joint.logLikelihood(pass, data, z));
        }
    }

    private record FromPosterior(LatentJoint joint, Minibatch data) implements AnnealingPath {

        @Override
        public NDArray start(NDManager owner, Noise noise, long chains) {
            try (NDManager scratch = owner.newSubManager()) {
                data.lend(scratch);
                NDArray z = posterior(joint.pass(scratch, noise)).sample(noise, chains);
                z.attach(owner);
                return z;
            }
        }

        @Override
        public Densities at(NDManager owner, NDArray z) {
            data.lend(owner);
            Pass pass = joint.pass(owner, Noise.engine());
            NDArray base = posterior(pass).logProb(z);
            NDArray joined = joint.logPrior(pass, data, z).add(joint.logLikelihood(pass, data, z));
            return new Densities(base, joined.sub(base));
        }

        private Distribution posterior(Pass pass) {
            return joint.posterior(pass, data)
                    .orElseThrow(() -> new IllegalStateException("the posterior has no density at a given z"));
        }
    }
}
