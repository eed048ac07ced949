package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.Elbo;
import io.vae4j.models.ConformingModel.Build;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model promises about its parameters; a subclass has a static method {@code builds()}. */
abstract class LearningContract extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT32;

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void initializes(Build build) {
        for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
            LatentModel model = build.initialized(manager, type);

            assertThat(model.getParameters()).isNotEmpty();
            for (NDArray array : arrays(model)) {
                assertThat(array.getDataType()).isEqualTo(type);
                Support.REAL.check(array);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void trainsTwoSteps(Build build) {
        build.objectives().forEach(objective -> {
            LatentModel model = build.initialized(manager, TYPE);
            List<float[]> before = values(trained(model));
            float[] losses = train(model, bits(8, TYPE), condition(build, 8), objective, 2);
            List<float[]> after = values(trained(model));

            assertThat(losses).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
            arrays(model).forEach(Support.REAL::check);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i)).isNotEqualTo(before.get(i));
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void everyParameterThatRequiresAGradientHasOne(Build build) {
        build.objectives().forEach(objective -> {
            LatentModel model = build.initialized(manager, TYPE);
            backward(model, bits(8, TYPE), condition(build, 8), objective, 0);
            for (Pair<String, Parameter> named : model.getParameters()) {
                if (named.getValue().requiresGradient()) {
                    assertThat(gradientSize(named.getValue()))
                            .as(named.getKey() + " under " + objective)
                            .isPositive()
                            .isFinite();
                }
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aFrozenPartStaysBitForBitWhatItIs(Build build) {
        int parts = build.entry().make().get().getChildren().size();
        for (int part = 0; part < parts; part++) {
            LatentModel model = build.initialized(manager, TYPE);
            Block frozen = model.getChildren().get(part).getValue();
            List<Parameter> open = trained(model);
            List<Parameter> opened = trained(frozen);
            frozen.freezeParameters(true);
            List<Parameter> moving = trained(model);
            List<float[]> before = values(frozen.getParameters().values());
            List<float[]> others = values(moving);
            if (!moving.isEmpty()) {
                train(model, bits(8, TYPE), condition(build, 8), new Elbo(), 2);
            }

            assertThat(trained(frozen)).isEmpty();
            assertThat(moving).hasSize(open.size() - opened.size());
            assertThat(values(frozen.getParameters().values()))
                    .usingRecursiveComparison()
                    .isEqualTo(before);
            for (int i = 0; i < moving.size(); i++) {
                assertThat(moving.get(i).getArray().toFloatArray()).isNotEqualTo(others.get(i));
            }
            frozen.freezeParameters(false);
            assertThat(trained(model)).isEqualTo(open);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aFrozenPassSendsGradientsToTheDataAlone(Build build) {
        LatentModel model = build.initialized(manager, DataType.FLOAT64);
        NDArray x = bits(4, DataType.FLOAT64);
        x.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            Pass pass = Pass.training(store, manager, Noise.seeded(0, 0, 0)).frozen();
            Condition condition = build.condition(manager, 4, DataType.FLOAT64);
            tape.backward(
                    new Elbo().loss(model.boundTerms(pass, x, condition, 1)).sum());
        }

        assertThat(x.getGradient().abs().sum().getDouble()).isPositive();
        for (Parameter parameter : trained(model)) {
            assertThat(gradientSize(parameter)).as(parameter.getName()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void savesAndLoadsToEqualOutputs(Build build) throws IOException, MalformedModelException {
        LatentModel model = build.initialized(manager, TYPE);
        train(model, bits(8, TYPE), condition(build, 8), new Elbo(), 2);
        double[] before = outputs(build, model);
        byte[] saved = saved(model);
        arrays(model).forEach(array -> array.muli(array));
        double[] spoilt = outputs(build, model);
        load(model, saved);
        LatentModel fresh = build.entry().make().get();
        load(fresh, saved);

        assertThat(spoilt).isNotEqualTo(before);
        assertThat(outputs(build, model)).isEqualTo(before);
        assertThat(outputs(build, fresh)).as("loaded without being initialized").isEqualTo(before);
        assertThatItLearns(build, model);
        assertThatItLearns(build, fresh);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void refusesWeightsOfAnotherShapeAndKeepsItsOwn(Build build) throws IOException {
        LatentModel model = build.initialized(manager, TYPE);
        double[] before = outputs(build, model);
        byte[] others = saved(build.wider().initialized(manager, TYPE));

        assertThatThrownBy(() -> load(model, others))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageMatching(
                        "the parameter \\d\\d\\S+ has shape \\([\\d, ]+\\) in the weights and \\([\\d, ]+\\) in the model; .*");
        store = new ParameterStore(manager, false);
        assertThat(outputs(build, model)).isEqualTo(before);
        assertThatItLearns(build, model);
    }

    private void assertThatItLearns(Build build, LatentModel model) {
        List<float[]> before = values(trained(model));
        train(model, bits(8, TYPE), condition(build, 8), new Elbo(), 2);
        List<float[]> after = values(trained(model));
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isNotEqualTo(before.get(i));
        }
    }

    /** Everything that users look at: reconstructions, bounds, samples. */
    private double[] outputs(Build build, LatentModel model) {
        NDArray x = bits(4, TYPE);
        Condition condition = condition(build, 4);
        NDArray elbo = model.boundTerms(evaluation(Noise.seeded(0, 0, 0)), x, condition, 2)
                .elbo();
        NDArray reconstruction =
                model.reconstruct(evaluation(Noise.engine()), x, condition).mean();
        NDArray sample = model.generate(evaluation(Noise.seeded(0, 1, 0)), List.of(), 3, condition)
                .mean();
        return List.of(elbo, reconstruction, sample).stream()
                .flatMapToDouble(values ->
                        DoubleStream.of(values.toType(DataType.FLOAT64, true).toDoubleArray()))
                .toArray();
    }

    private void load(LatentModel model, byte[] weights) throws IOException, MalformedModelException {
        model.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(weights)));
        // a store keeps the arrays that it has seen
        store = new ParameterStore(manager, false);
    }

    private static byte[] saved(LatentModel model) throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        model.saveParameters(new DataOutputStream(saved));
        return saved.toByteArray();
    }

    private Condition condition(Build build, int rows) {
        return build.condition(manager, rows, TYPE);
    }

    private static List<Parameter> trained(Block block) {
        return block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .toList();
    }

    private static List<float[]> values(List<Parameter> parameters) {
        List<float[]> values = new ArrayList<>();
        parameters.forEach(parameter -> values.add(parameter.getArray().toFloatArray()));
        return values;
    }

    private static double gradientSize(Parameter parameter) {
        try (NDManager scratch = parameter.getArray().getManager().newSubManager();
                NDArray gradient = parameter.getArray().getGradient()) {
            gradient.attach(scratch);
            return gradient.abs().sum().toType(DataType.FLOAT64, false).getDouble();
        }
    }
}
