package io.vae4j.experiments;

import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.evaluation.EvaluationProvider;
import io.vae4j.experiments.evaluation.disentanglement.DisentanglementMetricProvider;
import io.vae4j.experiments.figure.FigureProvider;
import io.vae4j.experiments.inference.ImputationKernel;
import io.vae4j.experiments.output.OutputFormat;
import io.vae4j.experiments.recipe.RecipeParts;
import io.vae4j.experiments.run.MetricProvider;
import java.util.List;

/**
 * The services by which a plugin brings something of its own: parts, data sets, metrics, figures, evaluations, scores,
 * output formats, chains.
 */
public final class ExtensionPoints {

    /** All of them, the most usual first. */
    public static final List<Class<?>> ALL = List.of(
            RecipeParts.class,
            DatasetProvider.class,
            MetricProvider.class,
            FigureProvider.class,
            EvaluationProvider.class,
            DisentanglementMetricProvider.class,
            OutputFormat.class,
            ImputationKernel.class);

    private ExtensionPoints() {}
}
