package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.DensityPosterior;
import io.vae4j.core.model.Inference;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.Vae;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The variational parameters of some examples: q(z|x) = N(mu, diag(sigma^2)).
 *
 * @param loc mu, [1, B, D]
 * @param logScale log sigma, [1, B, D]
 */
record LocalPosterior(NDArray loc, NDArray logScale) {

    /** Those that an encoder gave, if its q is the only one and a factorized Gaussian over vectors. */
    static Optional<LocalPosterior> of(BoundTerms terms) {
        return Optional.of(terms.layers())
                .filter(layers -> layers.size() == 1)
                .flatMap(layers -> layers.get(0).inference().posterior().density())
                .filter(q -> q.eventRank() == 1)
                .filter(DiagonalNormal.class::isInstance)
                .map(DiagonalNormal.class::cast)
                .map(q -> new LocalPosterior(q.loc(), q.logScale()));
    }

    /** In the order of {@link #arrays}. */
    static LocalPosterior of(List<NDArray> arrays) {
        return new LocalPosterior(arrays.get(0), arrays.get(1));
    }

    /** What an optimizer moves. */
    List<NDArray> arrays() {
        return List.of(loc, logScale);
    }

    /** A copy that learns, with an owner of its own. */
    LocalPosterior learning(NDManager owner) {
        return changed(value -> {
            NDArray parameter = value.duplicate();
            parameter.attach(owner);
            parameter.setRequiresGradient(true);
            return parameter;
        });
    }

    /** The same values for a batch, whose results it owns; they do not learn. */
    LocalPosterior fixed(NDManager batch) {
        return changed(value -> {
            NDArray view = value.stopGradient();
            view.attach(batch);
            return view;
        });
    }

    private LocalPosterior changed(UnaryOperator<NDArray> change) {
        return new LocalPosterior(change.apply(loc), change.apply(logScale));
    }

    /** The terms of a model for samples of it. */
    BoundTerms terms(Vae model, Pass pass, Minibatch data, int samples) {
        Inference z = Inference.of(
                pass, density(), () -> changed(NDArray::stopGradient).density(), samples);
        return model.boundTerms(pass, data.x(), data.condition(), z);
    }

    private DensityPosterior density() {
        return new DensityPosterior(new DiagonalNormal(loc, logScale, 1));
    }
}
