package io.vae4j.experiments.recipe;

/** The kinds of this project, registered by the same door as those of a plugin. */
public final class StandardParts implements RecipeParts {

    @Override
    public void register(Registry kinds) {
        models(kinds);
        learning(kinds);
        likelihoods(kinds);
        kinds.add(TopDownPosteriorSpec.class, "precision-weighting", TopDownPosteriorSpec.PrecisionWeightingSpec.class);
        kinds.add(TopDownPosteriorSpec.class, "concatenation", TopDownPosteriorSpec.ConcatenationSpec.class);
        kinds.add(TopDownPosteriorSpec.class, "residual", TopDownPosteriorSpec.ResidualSpec.class);
        kinds.add(QuantizerSpec.class, "codebook", QuantizerSpec.CodebookQuantizerSpec.class);
        kinds.add(QuantizerSpec.class, "finite-scalar", QuantizerSpec.FiniteScalarSpec.class);
        kinds.add(CodePriorSpec.class, "uniform", CodePriorSpec.UniformSpec.class);
        kinds.add(CodePriorSpec.class, "transformer", CodePriorSpec.TransformerSpec.class);
    }

    private static void likelihoods(Registry kinds) {
        kinds.add(LikelihoodSpec.class, "bernoulli", LikelihoodSpec.BernoulliSpec.class);
        kinds.add(LikelihoodSpec.class, "gray-cross-entropy", LikelihoodSpec.GrayCrossEntropySpec.class);
        kinds.add(LikelihoodSpec.class, "gaussian", LikelihoodSpec.GaussianLikelihoodSpec.class);
        kinds.add(LikelihoodSpec.class, "laplace", LaplaceSpec.class);
        kinds.add(LikelihoodSpec.class, "continuous-bernoulli", ContinuousBernoulliSpec.class);
        kinds.add(LikelihoodSpec.class, "discretized-logistic", DiscretizedLogisticSpec.class);
        kinds.add(LikelihoodSpec.class, "discretized-logistic-mixture", LogisticMixtureSpec.class);
        kinds.add(LikelihoodSpec.class, "categorical", CategoricalSpec.class);
    }

    private static void models(Registry kinds) {
        kinds.add(ModelSpec.class, "vae", VaeSpec.class);
        kinds.add(ModelSpec.class, "deep-vae", DeepVaeSpec.class);
        kinds.add(ModelSpec.class, "deep-convolutional", DeepConvolutionalSpec.class);
        kinds.add(ModelSpec.class, "vq-vae", VqVaeSpec.class);
        kinds.add(ModelSpec.class, "vq-vae-2", TwoLevelVqVaeSpec.class);
        kinds.add(ModelSpec.class, "linear-gaussian", LinearGaussianSpec.class);
        kinds.add(NetworkSpec.class, "dense", NetworkSpec.DenseSpec.class);
        kinds.add(NetworkSpec.class, "convolutional", NetworkSpec.ConvolutionalSpec.class);
        kinds.add(PosteriorSpec.class, "gaussian", PosteriorSpec.GaussianSpec.class);
        kinds.add(PosteriorSpec.class, "full-gaussian", PosteriorSpec.FullGaussianSpec.class);
        kinds.add(PosteriorSpec.class, "deterministic", PosteriorSpec.DeterministicSpec.class);
        kinds.add(PosteriorSpec.class, "planar-flow", PosteriorSpec.PlanarSpec.class);
        kinds.add(PosteriorSpec.class, "inverse-autoregressive-flow", PosteriorSpec.InverseAutoregressiveSpec.class);
        kinds.add(PriorSpec.class, "standard-normal", PriorSpec.StandardNormalSpec.class);
        kinds.add(PriorSpec.class, "learned-normal", PriorSpec.LearnedNormalSpec.class);
        kinds.add(PriorSpec.class, "mixture", PriorSpec.MixtureSpec.class);
        kinds.add(PriorSpec.class, "vamp", PriorSpec.VampSpec.class);
        kinds.add(PriorSpec.class, "conditional", PriorSpec.ConditionalSpec.class);
    }

    private static void learning(Registry kinds) {
        kinds.add(ObjectiveSpec.class, "elbo", ObjectiveSpec.ElboSpec.class);
        kinds.add(ObjectiveSpec.class, "iwae", ObjectiveSpec.IwaeSpec.class);
        kinds.add(ObjectiveSpec.class, "miwae", ObjectiveSpec.MiwaeSpec.class);
        kinds.add(ObjectiveSpec.class, "ciwae", ObjectiveSpec.CiwaeSpec.class);
        kinds.add(ObjectiveSpec.class, "capacity", ObjectiveSpec.CapacitySpec.class);
        kinds.add(ObjectiveSpec.class, "free-bits", ObjectiveSpec.FreeBitsSpec.class);
        kinds.add(ObjectiveSpec.class, "beta-tcvae", ObjectiveSpec.BetaTcVaeSpec.class);
        kinds.add(ObjectiveSpec.class, "constrained-kl", ConstrainedKlSpec.class);
        kinds.add(ObjectiveSpec.class, "geco", GecoSpec.class);
        kinds.add(ObjectiveSpec.class, "dip-vae", DipVaeSpec.class);
        kinds.add(ObjectiveSpec.class, "factor-vae", FactorVaeSpec.class);
        kinds.add(EstimatorSpec.class, "pathwise", EstimatorSpec.PathwiseSpec.class);
        kinds.add(EstimatorSpec.class, "sticking-the-landing", EstimatorSpec.StickingTheLandingSpec.class);
        kinds.add(EstimatorSpec.class, "doubly-reparameterized", EstimatorSpec.DoublyReparameterizedSpec.class);
        kinds.add(EstimatorSpec.class, "resampled", EstimatorSpec.ResampledSpec.class);
        kinds.add(OptimizerSpec.class, "adam", OptimizerSpec.AdamSpec.class);
        kinds.add(OptimizerSpec.class, "adamw", OptimizerSpec.AdamWSpec.class);
        kinds.add(LearningRateSchedule.class, "constant", LearningRateSchedule.ConstantSpec.class);
        kinds.add(LearningRateSchedule.class, "multi-step", LearningRateSchedule.MultiStepSpec.class);
        kinds.add(LearningRateSchedule.class, "cosine", LearningRateSchedule.CosineSpec.class);
        kinds.add(LearningRateSchedule.class, "warm-up", LearningRateSchedule.WarmUpSpec.class);
    }
}
