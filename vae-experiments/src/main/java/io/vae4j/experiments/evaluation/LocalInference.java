package io.vae4j.experiments.evaluation;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.LeafParameters;
import io.vae4j.experiments.inference.ImportanceWeights;
import io.vae4j.experiments.inference.SamplePortion;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.models.Vae;
import java.util.Arrays;
import java.util.Optional;

/**
 * Inference with variational parameters of each example's own, as before encoders: q(z|x) = N(mu, diag(sigma^2)) starts
 * where the encoder puts it and climbs the ELBO of its example, the model staying as it is. What it gains is the
 * amortization gap; what is left to log p(x) is the approximation gap of the family. Cremer et al. 2018, eq. 4 and 5,
 * https://arxiv.org/abs/1801.03558
 */
public final class LocalInference {

    private final NDManager owner;
    private final Vae model;
    private final Settings settings;
    private final Randomness randomness;
    private final ParameterStore store;

    /** @param owner owns the model, and what is made of it on the way */
    public LocalInference(NDManager owner, Vae model, Settings settings, long seed) {
        this.owner = owner;
        this.model = model;
        this.settings = settings;
        randomness = Randomness.of(seed);
        store = new ParameterStore(owner, false);
    }

    /**
     * How the climb goes and how it is measured.
     *
     * @param steps of Adam, whose rate falls evenly to zero
     * @param samples of each step
     * @param learningRate of the first step
     * @param measured samples by which bounds are estimated
     */
    public record Settings(int steps, int samples, double learningRate, int measured) {

        /** Four hundred steps by 16 samples, measured by 2000. */
        public Settings() {
            this(400, 16, 0.03, 2000);
        }
    }

    /**
     * The bounds of each example, nats.
     *
     * @param amortized the ELBO of the encoder's q
     * @param refined the ELBO of the example's own q, by the same noise
     * @param logLikelihood log p(x) by importance samples from the example's own q
     * @param loc mu of the example's own q, [B, D], row by row
     * @param logScale log sigma of it, likewise
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    public record Bounds(
            double[] amortized, double[] refined, double[] logLikelihood, double[] loc, double[] logScale) {}

    /** Why a model's posterior cannot be refined so, with the remedy; empty where it can. */
    public static Optional<String> incompatibility(TrainedModel trained) {
        boolean isOneGaussian = trained.model() instanceof Vae model
                && WithoutGradient.compute(() -> {
                    try (NDManager scratch = trained.newManager()) {
                        return LocalPosterior.of(ofZeros(trained, model, scratch))
                                .isPresent();
                    }
                });
        return isOneGaussian
                ? Optional.empty()
                : Optional.of(
                        "only a factorized Gaussian q(z|x) of a VAE with one stochastic layer is refined, and this"
                                + " model's is another; take a run that has it, such as of vae");
    }

    private static BoundTerms ofZeros(TrainedModel trained, Vae model, NDManager scratch) {
        Minibatch zeros = trained.view().zeros(scratch);
        return model.boundTerms(trained.evaluation(scratch, 0, 0), zeros.x(), zeros.condition(), 1);
    }

    /** Refines q for each of some examples. */
    public Bounds refine(Minibatch data) {
        try (NDManager own = owner.newSubManager()) {
            LocalPosterior q = WithoutGradient.compute(() -> started(own, data));
            Measured amortized = measured(data, q);
            climb(own, data, q);
            Measured refined = measured(data, q);
            return new Bounds(
                    amortized.elbo(), refined.elbo(), refined.logLikelihood(), doubles(q.loc()), doubles(q.logScale()));
        }
    }

    /** What the encoder says, as parameters of the examples' own. */
    private LocalPosterior started(NDManager own, Minibatch data) {
        try (NDManager scratch = owner.newSubManager()) {
            data.lend(scratch);
            BoundTerms terms = model.boundTerms(pass(scratch, 0), data.x(), data.condition(), 1);
            return LocalPosterior.of(terms).orElseThrow().learning(own);
        }
    }

    private void climb(NDManager own, Minibatch data, LocalPosterior q) {
        try (FusedAdam adam = new FusedAdam(own, q.arrays(), new FusedAdam.Settings())) {
            for (int step = 0; step < settings.steps(); step++) {
                try (NDManager batch = owner.newSubManager()) {
                    data.lend(batch);
                    LeafParameters leaves = adam.leaves(store, batch);
                    backward(pass(batch, 1L + step).frozen(), data, LocalPosterior.of(leaves.arrays()));
                    double left = 1 - step / (double) settings.steps();
                    adam.step(leaves, settings.learningRate() * left, step);
                }
            }
        }
    }

    private void backward(Pass pass, Minibatch data, LocalPosterior q) {
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            BoundTerms terms = q.terms(model, pass, data, settings.samples());
            // q's own score has mean zero and only adds noise: sticking the landing, Roeder et al. 2017
            NDArray logWeight =
                    terms.withLayers(StochasticLayer::withFrozenDensity).logWeight();
            tape.backward(logWeight.mean(new int[] {0}).sum().neg());
        }
    }

    /** The bounds of a q, nats, by the same noise at each call. */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    private record Measured(double[] elbo, double[] logLikelihood) {}

    private Measured measured(Minibatch data, LocalPosterior q) {
        double[] elbo = new double[Math.toIntExact(data.x().getShape().get(0))];
        ImportanceWeights weights = new ImportanceWeights(elbo.length);
        WithoutGradient.run(() -> {
            int most = Math.toIntExact(
                    SamplePortion.of(model, data.x().getShape(), data.x().getDevice()));
            for (int done = 0; done < settings.measured(); done += most) {
                int samples = Math.min(most, settings.measured() - done);
                double[] each = portion(data, q, done / most, samples, weights);
                Arrays.setAll(elbo, i -> elbo[i] + each[i] * samples / settings.measured());
            }
        });
        return new Measured(elbo, weights.logMean());
    }

    private double[] portion(Minibatch data, LocalPosterior q, int portion, int samples, ImportanceWeights weights) {
        try (NDManager scratch = owner.newSubManager()) {
            data.lend(scratch);
            Pass pass = pass(scratch, 1L + settings.steps() + portion);
            BoundTerms terms = q.fixed(scratch).terms(model, pass, data, samples);
            weights.add(terms.logWeight());
            return doubles(terms.elbo());
        }
    }

    private static double[] doubles(NDArray values) {
        try (NDArray wide = values.toType(DataType.FLOAT64, true)) {
            return wide.toDoubleArray();
        }
    }

    private Pass pass(NDManager batch, long step) {
        return Pass.evaluation(store, batch, randomness.noise(RandomStream.EVALUATION_NOISE, step));
    }
}
