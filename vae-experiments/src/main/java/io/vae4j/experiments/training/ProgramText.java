package io.vae4j.experiments.training;

import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.objective.Objective;
import io.vae4j.experiments.recipe.TrainSpec;

/**
 * What stands in the run folder of a model made in Java where others have their recipe: YAML for people to read, by
 * which no run can be made again.
 */
record ProgramText(String title) {

    /**
     * How the model was trained; of what changes with the steps, what it was at the first.
     *
     * @param learningRate before the first step
     */
    String trainedBy(Objective objective, GradientEstimator estimator, double learningRate, TrainSpec train) {
        return """
                # This model was made in Java: load it with TrainedModel.load(run, model, view, device).
                # How it was trained, as of the first step:
                description: %s
                objective: %s
                estimator: %s
                learningRate: %s
                batch: %d
                epochs: %d
                """.formatted(
                        quoted(title),
                        quoted(told(objective)),
                        quoted(told(estimator)),
                        learningRate,
                        train.batch(),
                        train.epochs());
    }

    /** What a record and others say of themselves; the text of any other object would differ from run to run. */
    private static String told(Object part) {
        return saysWhatItIs(part) ? part.toString() : part.getClass().getSimpleName();
    }

    private static boolean saysWhatItIs(Object part) {
        try {
            return part.getClass().getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every object has toString", e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
