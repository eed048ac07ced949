package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.experiments.training.Experiment;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.models.vq.CodeUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * log p(x) of the first test images by importance sampling. The images go in small batches and the samples in portions,
 * each with its own manager, so that memory depends on neither number. Batches are always whole, whatever the number of
 * images: what an image samples depends on its place in the test set alone.
 */
public final class Likelihoods {

    private static final int IMAGES = 20;
    private static final int PORTION = 100;

    private final Experiment experiment;
    private final long seed;
    private final List<LayerUse> layers = new ArrayList<>();
    private final double[] logLikelihood;
    private final double[] elbo;
    private final double[] reconstruction;
    private final Optional<CodeUsage> counting;
    private final Optional<Evaluation.Codes> codes;
    private final double[] effectiveSampleSize;

    /**
     * Evaluates.
     *
     * @param seed of the binarization and the samples: with one seed, all models see the same pixels
     * @param samples K, at least 1
     * @param progress told how many images are done
     */
    public Likelihoods(Experiment experiment, long seed, long samples, int images, IntConsumer progress) {
        this.experiment = experiment;
        this.seed = seed;
        logLikelihood = new double[images];
        elbo = new double[images];
        effectiveSampleSize = new double[images];
        reconstruction = new double[images];
        counting = experiment.codebook().map(book -> new CodeUsage(experiment.manager(), book.count()));
        for (int from = 0; from < images; from += IMAGES) {
            evaluate(from, Math.min(IMAGES, images - from), samples);
            progress.accept(Math.min(from + IMAGES, images));
        }
        codes = counting.map(usage -> new Evaluation.Codes(usage.share(), usage.perplexity()));
        counting.ifPresent(CodeUsage::close);
    }

    /** @param count how many of the batch's images are asked for */
    private void evaluate(int from, int count, long samples) {
        int to = Math.min(from + IMAGES, experiment.testCount());
        ImportanceWeights weights = new ImportanceWeights(to - from);
        try (NDManager images = experiment.manager().newSubManager()) {
            Minibatch data = experiment.testImages(images, from, to, seed);
            // as many samples whatever K is, so that what is said of the layers does not depend on it
            long looked = counting.isPresent() ? 1 : PORTION;
            draw(data, from, 0, looked, terms -> {
                look(terms, from, count);
                if (looked <= samples) {
                    weights.add(terms.logWeight());
                }
            });
            for (long done = looked <= samples ? looked : 0; done < samples; done += PORTION) {
                long portion = Math.min(PORTION, samples - done);
                draw(data, from, 1 + done / PORTION, portion, terms -> weights.add(terms.logWeight()));
            }
        }
        System.arraycopy(weights.logMean(), 0, logLikelihood, from, count);
        System.arraycopy(weights.meanLog(), 0, elbo, from, count);
        System.arraycopy(weights.effectiveSampleSize(), 0, effectiveSampleSize, from, count);
    }

    private void draw(Minibatch data, int from, long portion, long samples, Consumer<BoundTerms> then) {
        try (NDManager scratch = experiment.manager().newSubManager()) {
            data.lend(scratch);
            int batches = (experiment.testCount() + IMAGES - 1) / IMAGES;
            Pass pass = experiment.evaluation(scratch, seed, portion * batches + from / IMAGES);
            then.accept(experiment.model().boundTerms(pass, data.images(), data.condition(), samples));
        }
    }

    /** What one portion of samples is enough for. */
    private void look(BoundTerms terms, int from, int count) {
        float[] each = terms.reconstruction().toType(DataType.FLOAT32, false).toFloatArray();
        for (int i = 0; i < count; i++) {
            reconstruction[from + i] = each[i];
        }
        while (layers.size() < terms.layers().size()) {
            layers.add(new LayerUse());
        }
        for (int i = 0; i < layers.size(); i++) {
            StochasticLayer layer = terms.layers().get(i);
            layers.get(i).add(layer, count);
            counting.ifPresent(usage ->
                    layer.inference().sample().codes().ifPresent(codes -> usage.add(codes.get(":, :" + count))));
        }
    }

    /** log (1/K) sum_k w_k of each image, nats. */
    public double[] logLikelihood() {
        return logLikelihood.clone();
    }

    /** The mean of log w of each image, nats. */
    double[] elbo() {
        return elbo.clone();
    }

    /** (sum w)^2 / sum w^2 of each image. */
    double[] effectiveSampleSize() {
        return effectiveSampleSize.clone();
    }

    /** -log p(x|z) of each image, nats. */
    double[] reconstruction() {
        return reconstruction.clone();
    }

    /** How the codebook was used, if there is one. */
    Optional<Evaluation.Codes> codes() {
        return codes;
    }

    /** The stochastic layers, from the image upwards. */
    List<LayerUse> layers() {
        return List.copyOf(layers);
    }
}
