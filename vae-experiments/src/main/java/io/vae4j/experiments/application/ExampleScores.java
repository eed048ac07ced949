package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.experiments.evaluation.Auroc;
import io.vae4j.experiments.inference.BoundEstimate;
import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.vq.Codes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** How well a model explains each of some examples, in their order. Only numbers are kept, a few for each. */
public final class ExampleScores {

    private final double[] nll;
    private final double[] standardError;
    private final double[] effectiveSampleSize;
    private final double[] reconstructionError;

    private ExampleScores(int count) {
        nll = new double[count];
        standardError = new double[count];
        effectiveSampleSize = new double[count];
        reconstructionError = new double[count];
    }

    /**
     * Scores examples.
     *
     * @param samples K for each example; discrete codes are certain, so that one is all there is
     * @param progress told how many examples are done
     */
    public static ExampleScores of(
            BatchInference inference, LikelihoodBound bound, long samples, IntConsumer progress) {
        ExampleScores scores = new ExampleScores(inference.count());
        boolean certain = !Codes.in(inference.trained().model()).isEmpty();
        inference.each(progress, batch -> {
            BoundEstimate estimate = inference
                    .trained()
                    .bound(
                            batch.x(),
                            batch.condition(),
                            bound,
                            certain ? 1 : samples,
                            Noise.key(inference.seed(), batch.from(), 0));
            scores.add(batch, estimate, errors(inference.trained(), batch), certain);
        });
        return scores;
    }

    private void add(ExampleBatch batch, BoundEstimate estimate, double[] errors, boolean certain) {
        for (int i = 0; i < batch.count(); i++) {
            int place = batch.from() + i;
            nll[place] = -estimate.bound()[i];
            standardError[place] = certain ? 0 : estimate.standardError()[i];
            effectiveSampleSize[place] = estimate.effectiveSampleSize()[i];
            reconstructionError[place] = errors[i];
        }
    }

    /** ||x - E[x|z]||^2 at the center of q(z|x), [B]. */
    private static double[] errors(TrainedModel trained, ExampleBatch batch) {
        try (NDArray mean = trained.reconstruct(batch.x(), batch.condition());
                NDArray difference = batch.x().sub(mean);
                NDArray squares = difference.square();
                NDArray sums = Ops.sumEvents(squares, squares.getShape().dimension() - 1);
                NDArray wide = sums.toType(DataType.FLOAT64, true)) {
            return wide.toDoubleArray();
        }
    }

    /** Minus the bound of log p(x) of each example, nats. */
    public double[] nll() {
        return nll.clone();
    }

    /** The standard error of {@link #nll}, nats; NaN for one sample. */
    public double[] standardError() {
        return standardError.clone();
    }

    /** (sum w)^2 / sum w^2 of each example. */
    public double[] effectiveSampleSize() {
        return effectiveSampleSize.clone();
    }

    /** ||x - E[x|z]||^2 of each example at the center of q(z|x), as the model sees x. */
    public double[] reconstructionError() {
        return reconstructionError.clone();
    }

    /** The places of the examples, those first that the model explains worst. */
    public int[] outliersFirst() {
        return IntStream.range(0, nll.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> nll[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** How well the score finds those that are outliers. */
    public Auroc aurocByNll(boolean... outlier) {
        return Auroc.of(nll, outlier);
    }

    /** How well the reconstruction error finds those that are outliers. */
    public Auroc aurocByReconstructionError(boolean... outlier) {
        return Auroc.of(reconstructionError, outlier);
    }

    /** Numbers in the order of these places. */
    static double[] at(int[] places, double... of) {
        return Arrays.stream(places).mapToDouble(place -> of[place]).toArray();
    }
}
