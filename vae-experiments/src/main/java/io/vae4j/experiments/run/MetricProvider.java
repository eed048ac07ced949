package io.vae4j.experiments.run;

import java.util.List;

/** Brings metrics; found by Java's ServiceLoader, in this project and in plugins. */
public interface MetricProvider {

    /** The metrics, in the order of their columns. */
    List<Metric> metrics();
}
