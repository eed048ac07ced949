package io.vae4j.experiments.evaluation.standard;

import io.vae4j.experiments.data.CacheFolder;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationProvider;
import io.vae4j.experiments.evaluation.annealing.AnnealedBound;
import io.vae4j.experiments.evaluation.annealing.SimulatedBracket;
import io.vae4j.experiments.evaluation.representation.LinearProbe;
import io.vae4j.experiments.evaluation.representation.MixtureDensity;
import io.vae4j.experiments.evaluation.representation.NeighborAccuracy;
import io.vae4j.experiments.evaluation.samplequality.SampleQuality;
import java.util.List;

/** The evaluations of this project. */
public final class StandardEvaluations implements EvaluationProvider {

    @Override
    public List<Evaluation> evaluations() {
        return List.of(
                new BootstrapInterval(),
                new WeightReliability(),
                new KlPerDimension(),
                new BitsBesideMarginals(),
                new ExactGap(),
                new DisentanglementScores(),
                AnnealedBound.fromPrior(),
                AnnealedBound.fromPosterior(),
                new SimulatedBracket(),
                new SampleQuality(CacheFolder.ofProcess()),
                new LinearProbe(),
                new NeighborAccuracy(),
                new MixtureDensity());
    }
}
