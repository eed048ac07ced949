package io.vae4j.experiments.evaluation.disentanglement;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tells classes by a linear function of the features for each, one against the rest, by LIBLINEAR (Fan et al. 2008,
 * https://www.jmlr.org/papers/v9/fan08a.html): {@code min 1/2 |w|^2 + C sum_n loss(y_n w^T x_n)}, the intercept being
 * the weight of a feature that is 1. That is what scikit-learn's classifiers of these names minimize.
 */
final class LinearClassifier {

    private static final double TOLERANCE = 1e-6;

    static {
        // it would tell of its iterations on standard output
        Linear.disableDebugOutput();
    }

    private final Model model;

    private LinearClassifier(double[][] features, int[] classes, Parameter settings) {
        Problem problem = new Problem();
        problem.l = features.length;
        problem.n = features[0].length + 1;
        problem.bias = 1;
        problem.x = Arrays.stream(features).map(LinearClassifier::withIntercept).toArray(Feature[][]::new);
        problem.y = Arrays.stream(classes).asDoubleStream().toArray();
        settings.setMaxIters(1000);
        model = Linear.train(problem, settings);
    }

    /** Logistic regression, C = 1. */
    static LinearClassifier logisticRegression(double[][] features, int... classes) {
        return new LinearClassifier(features, classes, new Parameter(SolverType.L2R_LR, 1, TOLERANCE));
    }

    /**
     * A support vector machine with squared hinge loss, C = 0.01 N / (classes N_c): the examples of each class weigh as
     * much as those of any other.
     */
    static LinearClassifier balancedSupportVectors(double[][] features, int... classes) {
        Parameter settings = new Parameter(SolverType.L2R_L2LOSS_SVC, 0.01, TOLERANCE);
        int[] present = Arrays.stream(classes).distinct().sorted().toArray();
        double[] weights = Arrays.stream(present)
                .mapToDouble(c -> (double) classes.length
                        / present.length
                        / Arrays.stream(classes).filter(of -> of == c).count())
                .toArray();
        settings.setWeights(weights, present);
        return new LinearClassifier(features, classes, settings);
    }

    /** The share of examples whose class it names. */
    double accuracy(double[][] features, int... classes) {
        return IntStream.range(0, classes.length)
                .mapToDouble(n -> Linear.predict(model, withIntercept(features[n])) == classes[n] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static Feature[] withIntercept(double... features) {
        return IntStream.rangeClosed(0, features.length)
                .mapToObj(i -> new FeatureNode(i + 1, i < features.length ? features[i] : 1))
                .toArray(Feature[]::new);
    }
}
