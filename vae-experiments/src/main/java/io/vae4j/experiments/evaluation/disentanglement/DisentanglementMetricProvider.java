package io.vae4j.experiments.evaluation.disentanglement;

import java.util.List;

/** Brings disentanglement metrics; found by Java's ServiceLoader, in this project and in plugins. */
public interface DisentanglementMetricProvider {

    /** The metrics, in the order in which lists and reports show them. */
    List<DisentanglementMetric> metrics();
}
