package org.example.parts;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.Objective;
import io.vae4j.core.objective.Schedule;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.recipe.KeyChecks;
import io.vae4j.experiments.recipe.ObjectiveSpec;

/**
 * {@code objective: {kind: renyi, alpha: 0.5, samples: 10}}: minus the variational Rényi bound {@code 1 / (1 - alpha) log
 * (1/K) sum_k w_k^(1 - alpha)}. Li and Turner 2016, eq. 6, https://arxiv.org/abs/1602.02311
 */
@Example("{kind: renyi, alpha: 0.5, samples: 3}")
public record RenyiSpec(@Default("0.5") double alpha, int samples) implements ObjectiveSpec {

    public RenyiSpec {
        KeyChecks.fraction("objective.alpha", alpha);
        KeyChecks.atLeastOne("objective.samples", samples);
    }

    @Override
    public Schedule<Objective> over(Extent extent) {
        return Schedule.constant(new Renyi(alpha, samples));
    }

    @Override
    public Density needed() {
        return Density.AT_DRAWS;
    }

    /** The objective itself, a function of the importance weights. */
    private record Renyi(double alpha, int samples) implements Objective {

        @Override
        public NDArray loss(BoundTerms terms) {
            NDArray tempered = Ops.logMeanExp(Ops.scale(terms.logWeight(), 1 - alpha), 0);
            NDArray loss = Ops.scale(tempered, -1 / (1 - alpha));
            return terms.penalty().map(loss::add).orElse(loss);
        }
    }
}
