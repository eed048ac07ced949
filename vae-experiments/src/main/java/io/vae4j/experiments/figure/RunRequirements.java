package io.vae4j.experiments.figure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.experiments.training.Minibatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What figures ask of a run: each is empty where it is met, and otherwise the reason with its remedy. */
final class RunRequirements {

    private static final int SAMPLES = 16;
    private static final float ROUNDING = 1e-3f;

    private RunRequirements() {}

    /** Examples are images. */
    static Optional<String> images(Subject run) {
        return unless(
                run.view().summary().isImage(),
                "its examples are no images of one or three channels; take a run on data that are, such as vae");
    }

    /** The model was given a class. */
    static Optional<String> condition(Subject run) {
        return unless(
                run.view().conditionClasses().isPresent(),
                "the model was trained without a condition; train one with a class, such as cvae");
    }

    /** Latents are vectors, between which there are others. */
    static Optional<String> continuousLatents(Subject run) {
        boolean discrete = layers(run, all -> all.stream().anyMatch(RunRequirements::isDiscrete));
        return unless(
                !discrete,
                "its latents are codes, between which there is nothing; take a model with continuous ones, such as"
                        + " vae");
    }

    /** Latents are codes. */
    static Optional<String> codes(Subject run) {
        return unless(
                layers(run, all -> isDiscrete(all.get(0))),
                "its latents are no codes; take a model that quantizes them, such as vq-vae");
    }

    /** There are layers of latents above each other. */
    static Optional<String> severalLayers(Subject run) {
        return unless(
                layers(run, all -> all.size() > 1),
                "the model has one stochastic layer; take one with several, such as deep-vae");
    }

    /** One layer of latents. */
    static Optional<String> oneLayer(Subject run) {
        return unless(
                layers(run, all -> all.size() == 1), "the model has several stochastic layers; draw layers of it");
    }

    /** One layer of latents, with a KL for each dimension. */
    static Optional<String> klOfEachDimension(Subject run) {
        return oneLayer(run)
                .or(() -> unless(
                        layers(run, all -> all.get(0).analyticKlEach().get().isPresent()),
                        "the KL of its posterior is no sum over latent dimensions, which order the rows; take a model"
                                + " with a factorized Gaussian posterior, such as vae"));
    }

    /** One layer of latents with the prior N(0, I), by which an autoencoder was not trained. */
    static Optional<String> standardNormalPrior(Subject run) {
        return unless(
                        layers(
                                run,
                                all -> all.get(0).inference().sample().logProb().isPresent()),
                        "an autoencoder has no prior that says where latents lie; take a VAE, such as vae-2d")
                .or(() -> unless(
                        layers(run, all -> all.size() == 1 && isStandardNormal(all.get(0))),
                        "the prior of its latents is not N(0, I), whose quantiles make the grid; take a model with that"
                                + " prior, such as vae-2d"));
    }

    private static boolean isDiscrete(StochasticLayer layer) {
        return layer.inference().sample().codes().isPresent();
    }

    /** Whatever the prior is made of: its density tells. */
    private static boolean isStandardNormal(StochasticLayer layer) {
        NDArray z = layer.inference().latent();
        StandardNormal normal = new StandardNormal(z.zerosLike(), z.getShape().dimension() - 2);
        NDArray difference = layer.logPrior().get().sub(normal.logProb(z)).abs();
        return difference.max().getFloat() < ROUNDING;
    }

    private static <T> T layers(Subject run, Function<List<StochasticLayer>, T> question) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = run.trained().newManager()) {
                Minibatch example = run.view().zeros(scratch);
                return question.apply(run.trained()
                        .model()
                        .boundTerms(run.trained().evaluation(scratch, 0, 0), example.x(), example.condition(), SAMPLES)
                        .layers());
            }
        });
    }

    private static Optional<String> unless(boolean met, String reason) {
        return met ? Optional.empty() : Optional.of(reason);
    }
}
