package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Ops;
import io.vae4j.experiments.evaluation.Auroc;
import io.vae4j.experiments.inference.BoundEstimate;
import io.vae4j.experiments.inference.LikelihoodBound;
import io.vae4j.experiments.training.TrainedModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * How well a model explains each of some examples, in their order. Only numbers are kept, a few for each; of a model
 * without a density, such as a plain autoencoder, the reconstruction errors alone.
 */
public final class ExampleScores {

    private final Optional<BoundEstimate> bound;
    private final double[] reconstructionError;

    private ExampleScores(Optional<BoundEstimate> bound, double... reconstructionError) {
        this.bound = bound;
        this.reconstructionError = reconstructionError;
    }

    /**
     * Scores examples.
     *
     * @param samples K for each example; discrete codes are certain, so that one is all there is
     * @param progress told how many examples are done
     */
    public static ExampleScores of(
            BatchInference inference, LikelihoodBound bound, long samples, DoubleConsumer progress) {
        boolean certain = inference.isCertain();
        int count = inference.count();
        BoundEstimate all = new BoundEstimate(new double[count], new double[count], new double[count]);
        double[] errors = new double[count];
        inference.each(progress, batch -> {
            BoundEstimate estimate = inference
                    .trained()
                    .bound(
                            batch.x(),
                            batch.condition(),
                            bound,
                            certain ? 1 : samples,
                            inference.noiseKey(batch),
                            batch.progress());
            if (certain) {
                Arrays.fill(estimate.standardError(), 0);
            }
            copy(estimate.bound(), all.bound(), batch);
            copy(estimate.standardError(), all.standardError(), batch);
            copy(estimate.effectiveSampleSize(), all.effectiveSampleSize(), batch);
            copy(errors(inference.trained(), batch), errors, batch);
        });
        return new ExampleScores(Optional.of(all), errors);
    }

    /**
     * Scores examples by reconstruction errors alone, for which a model needs no density.
     *
     * @param progress told how many examples are done
     */
    public static ExampleScores ofReconstructions(BatchInference inference, DoubleConsumer progress) {
        double[] errors = new double[inference.count()];
        inference.each(progress, batch -> copy(errors(inference.trained(), batch), errors, batch));
        return new ExampleScores(Optional.empty(), errors);
    }

    private static void copy(double[] ofBatch, double[] ofAll, ExampleBatch batch) {
        System.arraycopy(ofBatch, 0, ofAll, batch.from(), batch.asked());
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

    /** The bound of log p(x) of each example, nats; empty for a model without a density. */
    public Optional<BoundEstimate> bound() {
        return bound;
    }

    /** Minus that bound. */
    public Optional<double[]> nll() {
        return bound.map(
                estimate -> Arrays.stream(estimate.bound()).map(each -> -each).toArray());
    }

    /** ||x - E[x|z]||^2 of each example at the center of q(z|x), as the model sees x. */
    public double[] reconstructionError() {
        return reconstructionError.clone();
    }

    /**
     * All of them by the names under which they are written: {@code nll}, {@code standard_error} and
     * {@code effective_sample_size}, where there is a bound, and {@code reconstruction_error}.
     */
    public Map<String, double[]> columns() {
        Map<String, double[]> columns = new LinkedHashMap<>();
        nll().ifPresent(nll -> columns.put("nll", nll));
        bound.ifPresent(estimate -> {
            columns.put("standard_error", estimate.standardError());
            columns.put("effective_sample_size", estimate.effectiveSampleSize());
        });
        columns.put("reconstruction_error", reconstructionError());
        return columns;
    }

    /** The places of the examples, those first that the model explains worst: by the bound, where there is one. */
    public int[] outliersFirst() {
        double[] by = nll().orElse(reconstructionError);
        return IntStream.range(0, by.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> by[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** How well the bound finds those that are outliers; empty for a model without a density. */
    public Optional<Auroc> aurocByNll(boolean... outlier) {
        return nll().map(scores -> Auroc.of(scores, outlier));
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
