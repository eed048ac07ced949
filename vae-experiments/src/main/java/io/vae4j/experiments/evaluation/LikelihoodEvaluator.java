package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.experiments.inference.GatheredSamples;
import io.vae4j.experiments.inference.ImportanceWeights;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.run.EvaluationResult;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.vq.ModelCodeUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * log p(x) of the first examples by importance sampling. The examples go in small batches and the samples in portions,
 * each with its own manager, so that memory depends on neither number. Batches are always whole, whatever the number of
 * examples: what is sampled for an example depends on its place in the test set alone.
 */
public final class LikelihoodEvaluator {

    private static final int BATCH = Evaluator.BATCH;

    private final Evaluator evaluator;
    private final long seed;
    private final List<LayerStatistics> layers = new ArrayList<>();
    private final double[] logLikelihood;
    private final double[] elbo;
    private final double[] reconstruction;
    private final Optional<ModelCodeUsage> counting;
    private Optional<EvaluationResult.Codes> codes = Optional.empty();
    private final double[] effectiveSampleSize;
    private final double[] paretoShape;
    private final long samples;

    private LikelihoodEvaluator(
            Evaluator evaluator, long seed, long samples, int examples, Optional<ModelCodeUsage> counting) {
        this.evaluator = evaluator;
        this.seed = seed;
        this.samples = samples;
        this.counting = counting;
        paretoShape = new double[examples];
        logLikelihood = new double[examples];
        elbo = new double[examples];
        effectiveSampleSize = new double[examples];
        reconstruction = new double[examples];
    }

    /**
     * Evaluates the first examples.
     *
     * @param seed of the binarization and the samples: with one seed, all models see the same values
     * @param samples K, at least 1
     * @param examples how many, from 1 to as many as there are
     * @param progress told how many examples are done, batches with fractions while their samples are drawn
     * @throws IllegalArgumentException if there are not so many
     */
    public static LikelihoodEvaluator measure(
            Evaluator evaluator, long seed, long samples, int examples, DoubleConsumer progress) {
        if (samples < 1 || examples < 1 || examples > evaluator.count()) {
            throw new IllegalArgumentException(examples + " examples by " + samples
                    + " samples were asked for; expected 1" + " to " + evaluator.count() + " by 1 or more");
        }
        try (NDManager owner = evaluator.trained().newManager()) {
            Optional<ModelCodeUsage> counting =
                    ModelCodeUsage.of(owner, evaluator.trained().model());
            LikelihoodEvaluator measured = new LikelihoodEvaluator(evaluator, seed, samples, examples, counting);
            for (int from = 0; from < examples; from += BATCH) {
                int first = from;
                int count = Math.min(BATCH, examples - from);
                measured.evaluateBatch(from, count, share -> progress.accept(first + share * count));
                progress.accept(from + count);
            }
            measured.codes = counting.map(usage -> new EvaluationResult.Codes(usage.share(), usage.perplexity()));
            return measured;
        }
    }

    private void evaluateBatch(int from, int count, DoubleConsumer share) {
        WithoutGradient.run(() -> evaluate(from, count, share));
    }

    /**
     * @param count how many of the batch's examples are asked for
     * @param share told which share of the samples is drawn
     */
    private void evaluate(int from, int count, DoubleConsumer share) {
        int to = Math.min(from + BATCH, evaluator.count());
        ImportanceWeights weights = new ImportanceWeights(to - from);
        LatentModel model = evaluator.trained().model();
        try (NDManager batch = evaluator.trained().newManager()) {
            Minibatch data = evaluator.examples(batch, from, to, seed);
            WeightTail tail = new WeightTail(batch, samples);
            GatheredSamples gathered = new GatheredSamples(batch, logWeight -> {
                weights.add(logWeight);
                tail.add(logWeight);
            });
            // by the size of a whole batch, so that the last one's is no other
            long most = SamplePortion.of(
                    model, wholeBatch(data.x()), evaluator.trained().device());
            // as many samples whatever K is, so that what is said of the layers does not depend on it
            long looked = counting.isPresent() ? 1 : most;
            draw(data, from, 0, pass -> {
                BoundTerms terms = model.boundTerms(pass, data.x(), data.condition(), looked);
                look(terms, from, count);
                if (looked <= samples) {
                    gathered.add(terms.logWeight());
                }
            });
            for (long done = looked <= samples ? looked : 0; done < samples; done += most) {
                long portion = Math.min(most, samples - done);
                draw(
                        data,
                        from,
                        1 + done / most,
                        pass -> gathered.add(evaluator.trained().logWeight(pass, data.x(), data.condition(), portion)));
                share.accept((double) (done + portion) / (double) samples);
            }
            gathered.handOn();
            System.arraycopy(tail.shapes(), 0, paretoShape, from, count);
        }
        System.arraycopy(weights.logMean(), 0, logLikelihood, from, count);
        System.arraycopy(weights.meanLog(), 0, elbo, from, count);
        System.arraycopy(weights.effectiveSampleSize(), 0, effectiveSampleSize, from, count);
    }

    private static Shape wholeBatch(NDArray x) {
        return new Shape(BATCH).addAll(x.getShape().slice(1));
    }

    private void draw(Minibatch data, int from, long portion, Consumer<Pass> then) {
        try (NDManager scratch = evaluator.trained().newManager()) {
            data.lend(scratch);
            long batches = (evaluator.total() + BATCH - 1) / BATCH;
            long step = portion * batches + evaluator.place(from) / BATCH;
            then.accept(evaluator.trained().evaluation(scratch, seed, step));
        }
    }

    /** What one portion of samples is enough for. */
    private void look(BoundTerms terms, int from, int count) {
        float[] each = terms.reconstruction().toType(DataType.FLOAT32, false).toFloatArray();
        for (int i = 0; i < count; i++) {
            reconstruction[from + i] = each[i];
        }
        while (layers.size() < terms.layers().size()) {
            layers.add(new LayerStatistics());
        }
        for (int i = 0; i < layers.size(); i++) {
            StochasticLayer layer = terms.layers().get(i);
            layers.get(i).add(layer, count);
            counting.ifPresent(usage -> usage.add(layer, count));
        }
    }

    /** log (1/K) sum_k w_k of each image, nats. */
    public double[] logLikelihood() {
        return logLikelihood.clone();
    }

    /** The mean of log w of each image, nats. */
    public double[] elbo() {
        return elbo.clone();
    }

    /** (sum w)^2 / sum w^2 of each image. */
    public double[] effectiveSampleSize() {
        return effectiveSampleSize.clone();
    }

    /**
     * The shape k of the generalized Pareto distribution of each image's largest weights, by which their mean is
     * unreliable from about 0.7 on; empty where there are too few samples to tell. Vehtari et al. 2024, section 3,
     * https://arxiv.org/abs/1507.02646
     */
    public Optional<double[]> paretoShape() {
        return samples < WeightTail.FEWEST_SAMPLES ? Optional.empty() : Optional.of(paretoShape.clone());
    }

    /** K. */
    public long samples() {
        return samples;
    }

    /** How many images were evaluated. */
    public int examples() {
        return logLikelihood.length;
    }

    /** -log p(x|z) of each image, nats. */
    public double[] reconstruction() {
        return reconstruction.clone();
    }

    /** How the codebook was used, if there is one. */
    public Optional<EvaluationResult.Codes> codes() {
        return codes;
    }

    /** The stochastic layers, from the image upwards. */
    public List<LayerStatistics> layers() {
        return List.copyOf(layers);
    }
}
