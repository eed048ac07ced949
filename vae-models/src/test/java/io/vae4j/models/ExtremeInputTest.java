package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.objective.Objective;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In single precision, at the ends of what parameters and data can be: values and gradients stay finite. */
class ExtremeInputTest extends ModelTest {

    private static final DataType TYPE = DataType.FLOAT32;

    static Stream<Vae> models() {
        return Stream.of(Models.bernoulli(), Models.gray(), Models.learnedPrior(), Models.twoLayers());
    }

    @ParameterizedTest
    @MethodSource("models")
    void logitsOfPlusAndMinusAHundred(Vae model) {
        initialized(model, TYPE);

        for (double logit : new double[] {-100, 100}) {
            assertFiniteWith(model, "logits.bias", logit);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void scalesAtTheirBounds(Vae model) {
        initialized(model, TYPE);

        for (double raw : new double[] {-1e4, -40, 40, 1e4}) {
            assertFiniteWith(model, "logScale.bias", raw);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void fiveThousandSamples(Vae model) {
        initialized(model, TYPE);

        assertFinite(model, bits(2, TYPE), new Iwae(5000));
    }

    @Test
    void theBoundOfAnImpossibleImageIsItsLogLikelihood() {
        Vae model = initialized(Models.bernoulli(), TYPE);
        fill(parameter(model, "decoder.likelihood.logits.weight"), 0);
        fill(parameter(model, "decoder.likelihood.logits.bias"), -100);
        BoundTerms terms = model.boundTerms(evaluation(Noise.seeded(0, 0, 0)), image(1), Condition.none(), 3);

        assertThat(terms.logLikelihood().max().getFloat()).isCloseTo(-600, within(1e-3f));
        assertThat(new Iwae(3).loss(terms).getFloat(0)).isBetween(590f, 620f);
    }

    /** Sets every parameter whose name ends so, and tries the blackest and the whitest images under each objective. */
    private void assertFiniteWith(Vae model, String ending, double value) {
        Fixture.named(model).forEach((name, parameter) -> {
            if (name.endsWith(ending)) {
                fill(parameter, value);
            }
        });
        for (double gray : new double[] {0, 1}) {
            for (Objective objective : new Objective[] {new Elbo(), new Iwae(5)}) {
                assertFinite(model, image(gray), objective);
            }
        }
    }

    private void assertFinite(Vae model, NDArray x, Objective objective) {
        assertThat(backward(model, x, Condition.none(), objective, 0)).isFinite();
        for (Map.Entry<String, Parameter> each : Fixture.named(model).entrySet()) {
            try (NDArray gradient = each.getValue().getArray().getGradient()) {
                assertThat(gradient.abs().sum().getFloat()).as(each.getKey()).isFinite();
            }
        }
    }

    private NDArray image(double gray) {
        return manager.full(new Shape(2, Models.PIXELS), (float) gray, TYPE);
    }

    private static Parameter parameter(Vae model, String name) {
        return Objects.requireNonNull(Fixture.named(model).get(name), name);
    }

    private static void fill(Parameter parameter, double value) {
        float[] values = new float[(int) parameter.getArray().size()];
        Arrays.fill(values, (float) value);
        parameter.getArray().set(values);
    }
}
