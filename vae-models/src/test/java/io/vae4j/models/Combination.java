package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Family;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.Prior;
import io.vae4j.core.model.TractablePrior;
import io.vae4j.models.family.BernoulliPixels;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.family.GlobalScale;
import io.vae4j.models.family.GlobalScaleGaussian;
import io.vae4j.models.flow.Flow;
import io.vae4j.models.flow.InverseAutoregressive;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.hierarchical.Concatenation;
import io.vae4j.models.hierarchical.LadderLayer;
import io.vae4j.models.hierarchical.PrecisionWeighting;
import io.vae4j.models.hierarchical.ResidualNormal;
import io.vae4j.models.hierarchical.TopDownPosterior;
import io.vae4j.models.hierarchical.TopDownVae;
import io.vae4j.models.hierarchical.TopLayer;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.network.Mlp;
import io.vae4j.models.posterior.FlowPosterior;
import io.vae4j.models.prior.ConditionalPrior;
import io.vae4j.models.prior.LearnedNormalPrior;
import io.vae4j.models.prior.MixturePrior;
import io.vae4j.models.prior.StandardNormalPrior;
import io.vae4j.models.prior.VampPrior;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One posterior with one prior and one likelihood, and its p(x) by the trapezoidal rule, which for smooth densities
 * that vanish at the borders converges faster than any power of the step.
 *
 * @param density log p(z|c) for the quadrature, which need not be what the model's prior says of itself
 */
record Combination(
        String name,
        int dimensions,
        boolean conditioned,
        LatentModel model,
        Family<?> likelihood,
        Decoder decoder,
        Density density) {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;
    private static final double REACH = 16;

    /** log p(z|c), [n, B or 1], for z [n, 1, D]. */
    interface Density {
        NDArray of(Pass pass, NDArray z, Condition condition);

        static Density of(TractablePrior prior) {
            return (pass, z, condition) -> prior.given(pass, condition).logProb(z);
        }
    }

    /** p(z|h,c). */
    private interface Lower {
        Distribution given(Pass pass, NDArray h, Condition condition);
    }

    private record Part<T>(String name, T make) {}

    private interface MakePrior {
        Known make(Encoder encoder, Posterior posterior, int dimensions);
    }

    private record Known(Prior prior, Density density) {
        static Known of(TractablePrior prior) {
            return new Known(prior, Density.of(prior));
        }
    }

    private static List<Part<IntFunction<Posterior>>> posteriors() {
        return List.of(
                new Part<>("Gaussian", d -> new Gaussian(d, START)),
                new Part<>("full covariance", d -> new FullGaussian(d, START)),
                new Part<>(
                        "inverse autoregressive flow",
                        d -> new FlowPosterior(new Gaussian(d, START), autoregressive(d))));
    }

    /** Posteriors with a density of their samples only, which cannot be a VampPrior's components. */
    private static List<Part<IntFunction<Posterior>>> posteriorsWithNoInverse() {
        return List.of(new Part<>(
                "planar flow", d -> new FlowPosterior(new Gaussian(d, START), List.of(new Planar(d, START)))));
    }

    private static List<Part<Supplier<Family<?>>>> likelihoods() {
        return List.of(
                new Part<>("Bernoulli", () -> new BernoulliPixels(new Shape(Models.PIXELS), START)),
                new Part<>(
                        "Gaussian",
                        () -> new GlobalScaleGaussian(new Shape(Models.PIXELS), new GlobalScale.Fixed(1), START)));
    }

    private static List<Part<MakePrior>> priors() {
        return List.of(
                new Part<>("standard normal", (e, q, d) -> Known.of(new StandardNormalPrior(d))),
                new Part<>("learned normal", (e, q, d) -> Known.of(new LearnedNormalPrior(d))),
                new Part<>("mixture", (e, q, d) -> Known.of(new MixturePrior(d, 3))));
    }

    private static List<Part<MakePrior>> conditionalPriors() {
        return List.of(
                new Part<>("p(z|c)", (e, q, d) -> Known.of(new ConditionalPrior(mlp(), new Gaussian(d, START)))),
                new Part<>("mixture", (e, q, d) -> Known.of(new MixturePrior(d, 3))));
    }

    /** Two stochastic layers of one dimension each. */
    private static Part<MakePrior> deep() {
        return new Part<>("Vae", (e, q, d) -> {
            Decoder lower = new NetworkDecoder(mlp(), new Gaussian(d, START));
            TractablePrior top = new StandardNormalPrior(1);
            Vae prior = new Vae(mlp(), new Gaussian(1, START), lower, top);
            return new Known(prior, nested(lower::decode, top));
        });
    }

    static Stream<Combination> all() {
        return Stream.of(
                        posteriors().stream().flatMap(posterior -> Stream.concat(under(posterior), vamp(posterior))),
                        posteriorsWithNoInverse().stream().flatMap(Combination::under),
                        topDownPosteriors().stream().flatMap(Combination::topDown))
                .flatMap(combinations -> combinations);
    }

    private static List<Part<Supplier<TopDownPosterior>>> topDownPosteriors() {
        return List.of(
                new Part<>("concatenation", () -> new Concatenation(mlp(), new Gaussian(1, START))),
                new Part<>("precision weighting", () -> new PrecisionWeighting(new Gaussian(1, START))),
                new Part<>("difference from the prior", () -> new ResidualNormal(mlp(), new Gaussian(1, START))));
    }

    /** Two stochastic layers of one dimension each, inferred from the top. */
    private static Stream<Combination> topDown(Part<Supplier<TopDownPosterior>> posterior) {
        return likelihoods().stream().map(part -> {
            Family<?> likelihood = part.make().get();
            Decoder decoder = new NetworkDecoder(mlp(), likelihood);
            Encoder network = mlp();
            Gaussian family = new Gaussian(1, START);
            TractablePrior prior = new StandardNormalPrior(1);
            LadderLayer layer =
                    new LadderLayer(mlp(), network, family, posterior.make().get());
            TopLayer top = new TopLayer(mlp(), new Gaussian(1, START), prior);
            Density density = nested((pass, h, c) -> family.of(pass, network.features(pass, h, c)), prior);
            LatentModel model = new TopDownVae(List.of(layer), top, decoder);
            String name = "top-down by " + posterior.name() + ", " + part.name();
            return new Combination(name, 1, false, model, likelihood, decoder, density);
        });
    }

    private static Stream<Combination> under(Part<IntFunction<Posterior>> posterior) {
        Stream<Combination> plain = IntStream.of(1, 2)
                .boxed()
                .flatMap(d -> Stream.concat(
                        priors().stream().flatMap(prior -> over(d, false, posterior, prior)),
                        conditionalPriors().stream().flatMap(prior -> over(d, true, posterior, prior))));
        return Stream.concat(plain, over(1, false, posterior, deep()));
    }

    private static Stream<Combination> vamp(Part<IntFunction<Posterior>> posterior) {
        Part<MakePrior> prior =
                new Part<>("VampPrior", (e, q, d) -> Known.of(new VampPrior(e, q, Models.pseudoInputs(4))));
        return IntStream.of(1, 2)
                .boxed()
                .flatMap(d -> Stream.concat(over(d, false, posterior, prior), over(d, true, posterior, prior)));
    }

    private static Stream<Combination> over(
            int dimensions, boolean conditioned, Part<IntFunction<Posterior>> posterior, Part<MakePrior> prior) {
        return likelihoods().stream().map(likelihood -> {
            String name = posterior.name() + ", " + prior.name() + ", " + likelihood.name() + ", " + dimensions
                    + (conditioned ? " given c" : "");
            Posterior q = posterior.make().apply(dimensions);
            Mlp encoder = mlp();
            return of(
                    name,
                    dimensions,
                    conditioned,
                    encoder,
                    q,
                    prior.make().make(encoder, q, dimensions),
                    likelihood.make().get());
        });
    }

    private static Combination of(
            String name,
            int dimensions,
            boolean conditioned,
            Encoder encoder,
            Posterior posterior,
            Known prior,
            Family<?> likelihood) {
        Decoder decoder = new NetworkDecoder(mlp(), likelihood);
        Vae model = new Vae(encoder, posterior, decoder, prior.prior());
        return new Combination(name, dimensions, conditioned, model, likelihood, decoder, prior.density());
    }

    /** A one-dimensional Bernoulli model with a prior of its own and another density for the quadrature. */
    static Combination of(TractablePrior prior, Density truth) {
        return of(
                "wrong",
                1,
                false,
                mlp(),
                new Gaussian(1, START),
                new Known(prior, truth),
                likelihoods().get(0).make().get());
    }

    /** A one-dimensional Bernoulli model with a posterior of its own. */
    static Combination of(Posterior posterior, TractablePrior prior) {
        return of(
                "wrong",
                1,
                false,
                mlp(),
                posterior,
                Known.of(prior),
                likelihoods().get(0).make().get());
    }

    static Density standardNormal() {
        return Density.of(new StandardNormalPrior(1));
    }

    boolean binary() {
        return likelihood.support() == Support.BINARY;
    }

    /** log p(x|c), one for each example. */
    double[] logMarginal(Pass pass, NDArray x, Condition condition) {
        NDArray z = grid(pass, dimensions);
        NDArray logLikelihood = decoder.decode(pass, z, condition).logProb(x);
        NDArray logJoint = logLikelihood.add(density.of(pass, z, condition));
        return Ops.shift(Ops.logSumExp(logJoint, 0), dimensions * Math.log(step(dimensions)))
                .toDoubleArray();
    }

    /** The integral of p(z|c), once or for each condition. */
    double[] priorMass(Pass pass, Condition condition) {
        NDArray logDensity = density.of(pass, grid(pass, dimensions), condition);
        return Ops.shift(Ops.logSumExp(logDensity, 0), dimensions * Math.log(step(dimensions)))
                .exp()
                .toDoubleArray();
    }

    /** log of the integral of p(z|h) p(h) over h. */
    private static Density nested(Lower lower, TractablePrior top) {
        return (pass, z, condition) -> {
            NDArray h = grid(pass, 1);
            NDArray logTop = top.given(pass, condition).logProb(h);
            NDArray logLower = lower.given(pass, h, condition).logProb(z.reshape(1, z.size(), 1));
            NDArray logMarginal = Ops.logSumExp(logLower.add(logTop), 0);
            return Ops.shift(logMarginal, Math.log(step(1))).expandDims(1);
        };
    }

    /** [n, 1, D], from -16 to 16 on each axis. */
    private static NDArray grid(Pass pass, int dimensions) {
        int side = side(dimensions);
        double[] points = new double[(int) Math.pow(side, dimensions) * dimensions];
        for (int i = 0; i < points.length; i++) {
            int cell = i / dimensions;
            int along = i % dimensions == 0 ? cell % side : cell / side;
            points[i] = -REACH + along * step(dimensions);
        }
        try (NDArray made = pass.batch().create(points, new Shape(points.length / dimensions, 1, dimensions))) {
            return made.duplicate();
        }
    }

    private static int side(int dimensions) {
        return dimensions == 1 ? 701 : 117;
    }

    private static double step(int dimensions) {
        return 2 * REACH / (side(dimensions) - 1);
    }

    private static List<Flow> autoregressive(int dimensions) {
        return InverseAutoregressive.chain(2, dimensions, List.of(8), Activation.TANH, START);
    }

    private static Mlp mlp() {
        return new Mlp(List.of(8), Activation.TANH, START);
    }

    @Override
    public String toString() {
        return name;
    }
}
