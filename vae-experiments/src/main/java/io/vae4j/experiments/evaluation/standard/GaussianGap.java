package io.vae4j.experiments.evaluation.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.FullNormal;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.torch.Aten;
import io.vae4j.experiments.evaluation.Evaluator.Portion;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.LinearGaussianMarginal;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is exact of some examples under a linear-Gaussian model, nats each.
 *
 * @param logProb log p(x)
 * @param gap KL(q(z|x) || p(z|x)), which is log p(x) - ELBO
 * @param covarianceGap what the gap would be if q had the right mean
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record GaussianGap(double[] logProb, double[] gap, double[] covarianceGap) {

    /** Empty where log p(x) is not known, or q is not normal. */
    static Optional<GaussianGap> of(TrainedModel trained, Portion portion) {
        Pass pass = trained.evaluation(portion.owner(), 0, 0);
        NDArray x = portion.data().x();
        if (!(portion.data().condition() instanceof Condition.None)) {
            return Optional.empty();
        }
        return LinearGaussianMarginal.of(trained.model(), pass)
                .flatMap(exact -> posterior(trained.model(), pass, x)
                        .map(q -> between(q, exact.posterior(x), exact.logProb(x), portion.to() - portion.from())));
    }

    private static GaussianGap between(FullNormal q, FullNormal exact, NDArray logProb, int count) {
        FullNormal centered = new FullNormal(q.loc(), exact.scaleTril());
        return new GaussianGap(
                first(logProb, count), first(divergence(q, exact), count), first(divergence(q, centered), count));
    }

    private static NDArray divergence(FullNormal q, FullNormal p) {
        return q.kl(p).orElseThrow(() -> new IllegalStateException("two normal distributions have a closed KL"));
    }

    /** q(z|x) in float64, if it is normal. */
    private static Optional<FullNormal> posterior(LatentModel model, Pass pass, NDArray x) {
        Optional<Distribution> q = model.boundTerms(pass, x, Condition.none(), 1)
                .layers()
                .get(0)
                .inference()
                .posterior()
                .density();
        return q.flatMap(GaussianGap::widened);
    }

    private static Optional<FullNormal> widened(Distribution q) {
        if (q instanceof FullNormal full) {
            return Optional.of(new FullNormal(wide(full.loc()), wide(full.scaleTril())));
        }
        if (q instanceof DiagonalNormal diagonal && diagonal.eventRank() == 1) {
            NDArray scales = wide(diagonal.logScale()).exp();
            return Optional.of(new FullNormal(wide(diagonal.loc()), Aten.diagonalMatrix(scales)));
        }
        return Optional.empty();
    }

    private static NDArray wide(NDArray values) {
        return values.toType(DataType.FLOAT64, true);
    }

    private static double[] first(NDArray values, int count) {
        return Arrays.copyOf(values.toDoubleArray(), count);
    }
}
