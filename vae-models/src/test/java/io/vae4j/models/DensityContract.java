package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Mixture;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.model.TractablePrior;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.torch.Aten;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.prior.BatchComponents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every model promises about its densities wherever they are asked for: a number or minus infinity, and never NaN,
 * neither in the value nor in a gradient. What is no number poisons every mixture and every mean that it enters.
 */
abstract class DensityContract extends BoundTermsContract {

    private static final int EXAMPLES = 4;
    private static final int DRAWS = 5;
    private static final int STEPS = 40;
    /** Below this the derivatives of the densities here fit float32. */
    private static final double MODERATE = 100;

    private static final double[] EXTREMES = {1e-30, 1e-10, 1, 1e2, 1e5, 1e10, 1e15, 1e20, 1e30};

    /** A density of the model as one pass sees it. */
    private record Known(String name, Function<Pass, Distribution> make) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void itsDensitiesAndTheirGradientsAreNeverNaN(Build build) {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            for (int steps : new int[] {0, STEPS}) {
                LatentModel model = trained(build, type, steps);
                for (Known known : densities(build, model, type)) {
                    points(build, model, type, known)
                            .forEach((where, z) -> check(
                                    model,
                                    known,
                                    z,
                                    build + ", " + type + ", " + steps + " steps, " + known.name() + " at " + where));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aMixtureOfItsPosteriorsIsFiniteWhereOneOfThemIs(Build build) {
        LatentModel model = trained(build, DataType.FLOAT32, STEPS);
        for (Known known : densities(build, model, DataType.FLOAT32)) {
            points(build, model, DataType.FLOAT32, known).forEach((where, z) -> {
                Pass pass = evaluation(Noise.engine());
                Distribution each = known.make().apply(pass);
                if (each.shape().get(0) != 1 || each.shape().get(1) != EXAMPLES) {
                    return; // a prior is one distribution, and a layer inferred from samples has one for each of them
                }
                Shape event = z.getShape().slice(2);
                NDArray alike = z.reshape(new Shape(-1, 1).addAll(event));
                long points = alike.getShape().get(0);
                NDArray alone = each.logProb(alike.broadcast(new Shape(points, EXAMPLES).addAll(event)));
                NDArray equal = Ops.full(z, new Shape(1, 1, EXAMPLES), 0);
                NDArray mixed = new Mixture(equal, new BatchComponents(each, 1, EXAMPLES)).logProb(alike);
                NDArray best = alone.max(new int[] {1}, true);
                float[] expected = best.toFloatArray();
                float[] actual = mixed.toFloatArray();
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Float.isFinite(actual[i]))
                            .as(known.name() + " at " + where + ": " + actual[i] + " of " + expected[i])
                            .isEqualTo(Float.isFinite(expected[i]));
                }
            });
        }
    }

    private LatentModel trained(Build build, DataType type, int steps) {
        LatentModel model = build.initialized(manager, type);
        train(model, bits(8, type), build.condition(manager, 8, type), new Elbo(), steps);
        return model;
    }

    /** The posterior of every layer that has a density, and the prior of a model that shows it. */
    private List<Known> densities(Build build, LatentModel model, DataType type) {
        List<Known> known = new ArrayList<>();
        BoundTerms sample = boundTerms(build, model, type, evaluation(Noise.seeded(1, 0, 0)));
        for (int layer = 0; layer < sample.layers().size(); layer++) {
            int index = layer;
            if (posterior(sample, layer).density().isPresent()) {
                known.add(new Known(
                        "q(h" + (layer + 1) + ")",
                        pass -> posterior(boundTerms(build, model, type, pass.with(Noise.seeded(1, 0, 0))), index)
                                .density()
                                .orElseThrow()));
            }
        }
        if (model instanceof ComposedModel composed && composed.prior() instanceof TractablePrior prior) {
            known.add(new Known("p(z)", pass -> prior.given(pass, build.condition(manager, EXAMPLES, type))));
        }
        return known;
    }

    private BoundTerms boundTerms(Build build, LatentModel model, DataType type, Pass pass) {
        return model.boundTerms(pass, bits(EXAMPLES, type), build.condition(manager, EXAMPLES, type), DRAWS);
    }

    private static ApproximatePosterior posterior(BoundTerms terms, int layer) {
        return terms.layers().get(layer).inference().posterior();
    }

    /** Points [K, 1, ...Z] or [K, B, ...Z], by what they are. */
    private Map<String, NDArray> points(Build build, LatentModel model, DataType type, Known known) {
        Shape shape = known.make().apply(evaluation(Noise.engine())).shape();
        Shape event = shape.slice(2);
        // a layer inferred from samples has one distribution for each of them
        long samples = shape.get(0) == 1 ? 50 : shape.get(0);
        Shape axes = new Shape(samples, EXAMPLES).addAll(event);
        Map<String, NDArray> points = new LinkedHashMap<>();
        BoundTerms terms = boundTerms(build, model, type, evaluation(Noise.seeded(2, 0, 0)));
        for (StochasticLayer layer : terms.layers()) {
            NDArray own = layer.inference().latent();
            if (own.getShape().slice(2).equals(event) && own.getDataType() == type) {
                points.put("its own samples", own);
                NDList others = new NDList(own.get(":, 1:"), own.get(":, :1"));
                points.put("other examples' samples", NDArrays.concat(others, 1));
            }
        }
        if (model instanceof ComposedModel composed && composed.prior() instanceof TractablePrior prior) {
            Condition condition = build.condition(manager, EXAMPLES, type);
            Pass pass = evaluation(Noise.seeded(3, 0, 0));
            NDArray drawn =
                    prior.sample(pass, List.of(), samples * EXAMPLES, condition).value();
            if (drawn.getShape().slice(2).equals(event)) {
                points.put("the prior's samples", drawn.get(":, :1").reshape(axes));
            }
        }
        NDArray normal = Noise.seeded(4, 0, 0).normal(axes, manager.zeros(shape, type));
        points.put("samples from N(0, I)", normal);
        for (double size : EXTREMES) {
            points.put("samples of size " + size, Ops.scale(normal, size));
        }
        return points;
    }

    private void check(LatentModel model, Known known, NDArray point, String where) {
        try (NDManager batch = manager.newSubManager()) {
            NDArray z = point.duplicate();
            z.attach(batch);
            z.setRequiresGradient(true);
            NDArray logProb;
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                Pass pass = Pass.training(store, batch, Noise.engine());
                logProb = known.make().apply(pass).logProb(z);
                tape.backward(logProb.sum());
            }
            double[] values = logProb.toType(DataType.FLOAT64, true).toDoubleArray();

            assertThat(Arrays.stream(values))
                    .as(where)
                    .noneMatch(value -> Double.isNaN(value) || value == Double.POSITIVE_INFINITY);
            assertThat(anyNaN(z.getGradient())).as("slope of " + where).isFalse();
            double size = point.abs().max().toType(DataType.FLOAT64, true).getDouble();
            if (size < MODERATE) {
                assertThat(z.getGradient().isInfinite().any().getBoolean())
                        .as("slope of " + where)
                        .isFalse();
            }
            List<String> spoilt = new ArrayList<>();
            model.getParameters().forEach(named -> {
                Parameter parameter = named.getValue();
                if (parameter.requiresGradient()) {
                    try (NDArray gradient = parameter.getArray().getGradient()) {
                        if (anyNaN(gradient)) {
                            spoilt.add(named.getKey());
                        }
                    }
                    zero(parameter);
                }
            });
            assertThat(spoilt).as("gradients of " + where).isEmpty();
        }
    }

    private static void zero(Parameter parameter) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
            Aten.overwrite(gradient, gradient.zerosLike());
        }
    }

    private static boolean anyNaN(NDArray values) {
        return values.isNaN().any().getBoolean();
    }
}
