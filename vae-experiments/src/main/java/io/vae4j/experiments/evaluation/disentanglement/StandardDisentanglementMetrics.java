package io.vae4j.experiments.evaluation.disentanglement;

import java.util.List;

/** The disentanglement metrics that this project brings: those of disentanglement_lib's study. */
public final class StandardDisentanglementMetrics implements DisentanglementMetricProvider {

    @Override
    public List<DisentanglementMetric> metrics() {
        return List.of(
                new BetaVaeScore(),
                new FactorVaeScore(),
                new MutualInformationGap(),
                new Dci(),
                new SeparatedAttributePredictability(),
                new Modularity());
    }
}
