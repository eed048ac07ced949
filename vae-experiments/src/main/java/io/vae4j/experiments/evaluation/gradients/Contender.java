package io.vae4j.experiments.evaluation.gradients;

import io.vae4j.core.estimator.DoublyReparameterized;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.NaiveGradient;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.estimator.ResampledBackward;
import io.vae4j.core.estimator.ScoreFunction;
import io.vae4j.core.estimator.ScoreFunction.Baseline;
import io.vae4j.core.estimator.StickingTheLanding;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.KlEstimate;
import io.vae4j.core.objective.Objective;
import java.util.LinkedHashMap;
import java.util.Map;

/** A gradient that is compared with others: of an objective, by an estimator. */
public record Contender(GradientEstimator estimator, Objective objective) {

    /** The gradient of L_k by the reparameterization trick: the mean of the gradients of log w, weighed by w~. */
    public static final String IMPORTANCE_WEIGHTED = "importance-weighted";

    /** The gradient of L_k by {@link DoublyReparameterized}. */
    public static final String DOUBLY_REPARAMETERIZED = "doubly-reparameterized";

    /** The VAE's gradient by k samples: the plain mean of the gradients of log w, whose bound is the ELBO. */
    public static final String MEAN = "mean of k";

    /** The estimators of the gradient of L_k by their names, the reference first. */
    static Map<String, Contender> estimators(int samples) {
        Iwae bound = new Iwae(samples);
        Map<String, Contender> estimators = new LinkedHashMap<>();
        estimators.put("pathwise", new Contender(new PathwiseGradient(), bound));
        estimators.put("sticking-the-landing", new Contender(new StickingTheLanding(), bound));
        estimators.put(DOUBLY_REPARAMETERIZED, new Contender(new DoublyReparameterized(), bound));
        estimators.put("resampled", new Contender(new ResampledBackward(), bound));
        estimators.put("naive", new Contender(new NaiveGradient(), bound));
        Baseline baseline = samples > 1 ? Baseline.LEAVE_ONE_OUT : Baseline.NONE;
        estimators.put("score-function", new Contender(new ScoreFunction(baseline), bound));
        return estimators;
    }

    /** What k samples are used for, the importance-weighted bound first. */
    static Map<String, Contender> bounds(int samples) {
        Iwae bound = new Iwae(samples);
        Elbo elbo = new Elbo(1, samples, KlEstimate.MONTE_CARLO);
        Map<String, Contender> bounds = new LinkedHashMap<>();
        bounds.put(IMPORTANCE_WEIGHTED, new Contender(new PathwiseGradient(), bound));
        bounds.put(DOUBLY_REPARAMETERIZED, new Contender(new DoublyReparameterized(), bound));
        bounds.put(MEAN, new Contender(new PathwiseGradient(), elbo));
        return bounds;
    }
}
