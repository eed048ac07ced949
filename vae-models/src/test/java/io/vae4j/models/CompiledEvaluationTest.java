package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import io.vae4j.core.compiled.CompiledEvaluation;
import io.vae4j.core.compiled.CompiledEvaluation.Computation;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.ModelState;
import io.vae4j.models.ConformingModel.Build;
import io.vae4j.models.ConformingModel.Density;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model of {@link Conformance} says the same of examples by a program as by one operation after the other. */
class CompiledEvaluationTest extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT64;

    static Stream<Build> builds() {
        return Conformance.models().flatMap(ConformingModel::builds);
    }

    private static Map<String, Computation> computations(LatentModel model, Density density) {
        Map<String, Computation> all = new LinkedHashMap<>();
        all.put(
                "encode",
                (pass, x, condition) -> model.boundTerms(pass, x, condition, 1)
                        .layers()
                        .get(0)
                        .inference()
                        .posterior()
                        .pointEstimate());
        all.put(
                "reconstruct",
                (pass, x, condition) -> model.reconstruct(pass, x, condition).mean());
        if (density == Density.KNOWN) {
            all.put(
                    "weigh",
                    (pass, x, condition) ->
                            model.boundTerms(pass, x, condition, 3).logWeight());
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builds")
    void aProgramSaysTheSame(Build build) {
        try (NDManager owner = manager.newSubManager()) {
            Engine.getInstance().setRandomSeed(1);
            LatentModel model = build.initialized(owner, TYPE);
            ParameterStore store = new ParameterStore(owner, false);
            try (CompiledEvaluation programs = programs(owner, model)) {
                Map<String, Computation> all = computations(model, build.entry().density());
                for (int time = 0; time < 3; time++) {
                    for (Map.Entry<String, Computation> each : all.entrySet()) {
                        Computation program = (pass, x, condition) ->
                                programs.compute(pass, each.getKey(), x, condition, each.getValue());
                        Condition condition = build.condition(owner, 4, TYPE);
                        assertThat(numbers(program, owner, store, condition, time))
                                .as(each.getKey())
                                .containsExactly(
                                        numbers(each.getValue(), owner, store, condition, time), within(1e-12));
                    }
                    // programs see weights as they are
                    ModelState.of(model).stream()
                            .filter(ModelState.Named::isTrained)
                            .forEach(named -> Aten.overwrite(
                                    named.array(), named.array().mul(0.9).stopGradient()));
                }
                assertThat(programs.sources()).hasSize(all.size());
            }
        }
    }

    private double[] numbers(
            Computation computation, NDManager owner, ParameterStore store, Condition condition, int time) {
        return WithoutGradient.compute(() -> {
            try (NDManager batch = owner.newSubManager()) {
                NDArray x = bits(4, TYPE);
                x.attach(batch);
                Pass pass = Pass.evaluation(store, batch, Noise.seeded(3, time, 0));
                return computation
                        .of(pass, x, condition)
                        .toType(DataType.FLOAT64, true)
                        .toDoubleArray();
            }
        });
    }

    private static CompiledEvaluation programs(NDManager owner, LatentModel model) {
        return new CompiledEvaluation(
                owner,
                ModelState.of(model).stream().map(ModelState.Named::array).toList());
    }

    /** Its results belong to the batch, and nothing is left in the owner when that is closed. */
    @Test
    void programsOfManyShapesDoNotPileUp() {
        LatentModel model = Models.bernoulli();
        model.initialize(manager, DataType.FLOAT32, new Shape(1, Models.PIXELS));
        ParameterStore store = new ParameterStore(manager, false);
        try (CompiledEvaluation programs = programs(manager, model)) {
            for (int time = 0; time < 80; time++) {
                int examples = 1 + time / 2;
                try (NDManager batch = manager.newSubManager()) {
                    NDArray x = bits(examples, DataType.FLOAT32);
                    x.attach(batch);
                    Pass pass = Pass.evaluation(store, batch, Noise.seeded(3, 0, 0));
                    NDArray mean = programs.compute(
                            pass,
                            "reconstruct",
                            x,
                            Condition.none(),
                            (symbolic, data, given) ->
                                    model.reconstruct(symbolic, data, given).mean());
                    assertThat(mean.getManager()).isSameAs(batch);
                }
            }
            assertThat(programs.sources()).hasSize(16);
        }
    }
}
