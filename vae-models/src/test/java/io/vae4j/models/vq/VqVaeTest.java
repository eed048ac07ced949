package io.vae4j.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.model.Prior;
import io.vae4j.core.model.StochasticLayer;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Iwae;
import io.vae4j.core.training.AfterStep;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.OptimizerState;
import io.vae4j.models.Vae;
import io.vae4j.models.prior.StandardNormalPrior;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole model: an encoder, a quantizer, a decoder, and a prior over 2 x 2 codes of 4. */
class VqVaeTest extends QuantizedTest {

    private static final int CODES = 4;
    private static final double RATE = 4 * Math.log(CODES);

    @Test
    void theRateOfUniformCodesIsThatOfTheirNumber() {
        Vae model = uniform(book(BY_AVERAGE), DataType.FLOAT64);
        NDArray x = bits(3, DataType.FLOAT64);
        BoundTerms terms = model.boundTerms(evaluation(0), x, Condition.none(), 2);
        double[] likelihood = terms.logLikelihood().toDoubleArray();
        double[] weight = terms.logWeight().toDoubleArray();

        assertThat(terms.kl().toDoubleArray()).containsExactly(new double[] {RATE, RATE, RATE}, within(1e-12));
        for (int i = 0; i < likelihood.length; i++) {
            assertThat(weight[i]).isCloseTo(likelihood[i] - RATE, within(1e-12));
        }
        // all samples are one point, so that more of them bound no tighter
        double[] penalty = terms.penalty().orElseThrow().toDoubleArray();
        double[] loss = new Iwae(2).loss(terms).toDoubleArray();
        for (int example = 0; example < 3; example++) {
            assertThat(loss[example] - penalty[example]).isCloseTo(-terms.elbo().getDouble(example), within(1e-10));
        }
    }

    @Test
    void theLossOfAnExampleDoesNotDependOnItsBatch() {
        for (CodebookUpdate update : new CodebookUpdate[] {BY_GRADIENT, BY_AVERAGE}) {
            Vae model = uniform(book(update), DataType.FLOAT64);
            NDArray x = bits(8, DataType.FLOAT64);
            double[] together = new Elbo().loss(boundTerms(model, x)).toDoubleArray();
            for (int example = 0; example < 8; example++) {
                NDArray alone = x.get(new NDIndex(example + ":" + (example + 1)));
                assertThat(new Elbo().loss(boundTerms(model, alone)).toDoubleArray())
                        .containsExactly(new double[] {together[example]}, within(1e-10));
            }
        }
    }

    @Test
    void theGradientReachesEveryTrainedParameter() {
        for (CodebookUpdate update : new CodebookUpdate[] {BY_GRADIENT, BY_AVERAGE}) {
            for (QuantizationGradient gradient : QuantizationGradient.values()) {
                Codebook codebook = book(update);
                Vae model = model(codebook, gradient, new UniformCodes(codebook), DataType.FLOAT32);
                float[][] before = trained(model);
                try (FusedAdam adam = adam(model)) {
                    step(model, bits(8, DataType.FLOAT32), adam, 0);
                }
                float[][] after = trained(model);
                for (int i = 0; i < before.length; i++) {
                    assertThat(after[i]).isNotEqualTo(before[i]);
                }
            }
        }
    }

    @Test
    void trainsHoweverTheCodesLearn() {
        for (CodebookUpdate update : new CodebookUpdate[] {BY_GRADIENT, BY_AVERAGE}) {
            for (QuantizationGradient gradient : QuantizationGradient.values()) {
                Codebook codebook = clustered(update);
                Vae model = model(codebook, gradient, new UniformCodes(codebook), DataType.FLOAT32);
                NDArray x = bits(16, DataType.FLOAT32);
                double untrained = -boundTerms(model, x).logLikelihood().mean().getFloat();
                train(model, x, 200);
                double trained = -boundTerms(model, x).logLikelihood().mean().getFloat();

                // four patterns, which 4^4 grids can tell apart
                assertThat(trained).as(update + " " + gradient).isLessThan(0.4).isLessThan(untrained - 4);
            }
        }
    }

    @Test
    void trainingIsAFunctionOfTheSeed() {
        double[] losses = new double[2];
        for (int run = 0; run < 2; run++) {
            open();
            Codebook codebook = clustered(BY_AVERAGE);
            Vae model = model(codebook, QuantizationGradient.ROTATION, new UniformCodes(codebook), DataType.FLOAT32);
            losses[run] = train(model, bits(16, DataType.FLOAT32), 30);
        }
        assertThat(losses[1]).isEqualTo(losses[0]);
    }

    @Test
    void theStateOfTheCodebookIsSavedWithTheParameters() throws IOException, MalformedModelException {
        Codebook codebook = clustered(BY_AVERAGE);
        Vae model = uniform(codebook, DataType.FLOAT32);
        NDArray x = bits(16, DataType.FLOAT32);
        train(model, x, 7);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        model.saveParameters(new DataOutputStream(saved));
        observe(model, x, 7);
        float[][] uninterrupted = all(model);

        model.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        store = new ParameterStore(manager, false);
        assertThat(Arrays.deepEquals(all(model), uninterrupted)).isFalse();
        assertThat(parameter(codebook, "steps").getFloat(0)).isEqualTo(7);
        assertThat(parameter(codebook, "codes").hasGradient()).isFalse();
        observe(model, x, 7);
        assertThat(all(model)).isDeepEqualTo(uninterrupted);
    }

    @Test
    void nativeMemoryIsFlatOverSteps() {
        Codebook codebook = clustered(BY_AVERAGE);
        Vae model = uniform(codebook, DataType.FLOAT32);
        NDArray x = bits(8, DataType.FLOAT32);
        train(model, x, 5);
        int held = manager.getManagedArrays().size();
        train(model, x, 40);

        assertThat(manager.getManagedArrays()).hasSize(held);
    }

    @Test
    void uniformCodesAreDrawnEquallyOftenAndLookedUp() {
        Codebook codebook = book(BY_AVERAGE);
        UniformCodes prior = new UniformCodes(codebook);
        Vae model = model(codebook, QuantizationGradient.STRAIGHT_THROUGH, prior, DataType.FLOAT32);
        Sample draw = prior.sample(evaluation(0), List.of(), 2000, Condition.none());
        NDArray codes = draw.codes().orElseThrow();
        try (CodeUsage usage = new CodeUsage(manager, CODES)) {
            usage.add(codes);
            for (long uses : usage.counts()) {
                // binomial with p = 1/4 over 8000 samples: 4 standard deviations
                assertThat((double) uses).isCloseTo(2000, within(4 * Math.sqrt(8000 * 0.25 * 0.75)));
            }
        }
        assertThat(draw.value().getShape()).isEqualTo(new Shape(2000, 1, 3, 2, 2));
        assertThat(draw.value().get(new NDIndex("7, 0, :, 1, 0")))
                .isEqualTo(parameter(codebook, "codes").get(codes.getLong(7, 0, 1, 0)));
        assertThat(model.generate(evaluation(0), List.of(), 5, Condition.none())
                        .mean()
                        .getShape())
                .isEqualTo(new Shape(5, 1, PIXELS));
    }

    @Test
    void aLearnedPriorLowersTheRateOfATrainedModel() {
        Codebook codebook = clustered(BY_AVERAGE);
        AutoregressiveTransformer codes =
                new AutoregressiveTransformer(CODES, new AutoregressiveTransformer.Size(16, 2, 1), START);
        Vae model = model(
                codebook,
                QuantizationGradient.STRAIGHT_THROUGH,
                new AutoregressiveCodes(codebook, codes),
                DataType.FLOAT32);
        NDArray x = bits(16, DataType.FLOAT32);
        train(model, x, 300);
        BoundTerms terms = boundTerms(model, x);
        StochasticLayer layer = terms.layers().get(0);
        NDArray grids = layer.inference().sample().codes().orElseThrow();
        NDArray logPrior = codes.logProb(evaluation(0), grids, Condition.none());

        assertThat(layer.logPrior().get()).isEqualTo(logPrior);
        assertThat(terms.logWeight()).isEqualTo(terms.logLikelihood().add(logPrior));
        // four equally frequent patterns
        assertThat((double) terms.kl().mean().getFloat()).isBetween(0.0, Math.log(4) + 0.2);
        assertThat(model.generate(evaluation(1), List.of(), 3, Condition.none())
                        .mean()
                        .getShape())
                .isEqualTo(new Shape(3, 1, PIXELS));
    }

    @Test
    void aPriorCanBeLearnedAfterTheModelFromItsParts() {
        Codebook codebook = clustered(BY_AVERAGE);
        Vae first = uniform(codebook, DataType.FLOAT32);
        NDArray x = bits(16, DataType.FLOAT32);
        train(first, x, 150);
        float[][] parts = all(first);
        AutoregressiveTransformer codes =
                new AutoregressiveTransformer(CODES, new AutoregressiveTransformer.Size(16, 2, 1), START);
        Vae second = withPrior(first, new AutoregressiveCodes(codebook, codes));
        double untrained = boundTerms(second, x).kl().mean().getFloat();
        first.getChildren().values().forEach(part -> part.freezeParameters(true));
        try (FusedAdam adam = adam(second)) {
            for (int step = 0; step < 100; step++) {
                backward(second, x, adam, step);
            }
        }

        assertThat((double) boundTerms(second, x).kl().mean().getFloat())
                .isLessThan(untrained - 1)
                .isLessThan(RATE - 1);
        assertThat(all(first)).isDeepEqualTo(parts);
    }

    private Vae withPrior(Vae model, AutoregressiveCodes prior) {
        Vae other = new Vae(
                (Encoder) model.getChildren().get("01encoder"),
                (VectorQuantizer) model.getChildren().get("02posterior"),
                (Decoder) model.getChildren().get("03decoder"),
                prior);
        other.initialize(manager, DataType.FLOAT32, new Shape(1, PIXELS));
        return other;
    }

    @Test
    void theLearnedPriorSendsNoGradientToTheEncoder() {
        Codebook codebook = book(BY_GRADIENT);
        AutoregressiveTransformer codes =
                new AutoregressiveTransformer(CODES, new AutoregressiveTransformer.Size(16, 2, 1), START);
        Vae model = model(
                codebook,
                QuantizationGradient.STRAIGHT_THROUGH,
                new AutoregressiveCodes(codebook, codes),
                DataType.FLOAT32);
        NDArray x = bits(4, DataType.FLOAT32);
        gradient(
                x.duplicate(),
                data -> model.boundTerms(training(0), data, Condition.none(), 1)
                        .kl()
                        .sum());

        assertThat(model.getParameters().keys()).anyMatch(name -> name.startsWith("04prior"));
        for (String name : model.getParameters().keys()) {
            if (model.getParameters().get(name).requiresGradient()) {
                float size = parameter(model, name).getGradient().abs().sum().getFloat();
                assertThat(size > 0).as(name).isEqualTo(name.startsWith("04prior"));
            }
        }
    }

    @Test
    void densitiesAndProbabilitiesAreNotMixed() {
        Codebook codebook = book(BY_AVERAGE);
        Prior density = new StandardNormalPrior(new Shape(3, 2, 2));

        assertThatThrownBy(() -> model(codebook, QuantizationGradient.STRAIGHT_THROUGH, density, DataType.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prior over codes");
    }

    private static Codebook book(CodebookUpdate update) {
        return codebook(CODES, 3, update);
    }

    private static Codebook clustered(CodebookUpdate update) {
        return new Codebook(CODES, 3, update, new CodebookStart.Clusters(), new DeadCodeReset.After(20));
    }

    private Vae uniform(Codebook codebook, DataType type) {
        return model(codebook, QuantizationGradient.STRAIGHT_THROUGH, new UniformCodes(codebook), type);
    }

    private double train(Vae model, NDArray x, int steps) {
        double loss = 0;
        try (FusedAdam adam = adam(model)) {
            for (int step = 0; step < steps; step++) {
                loss = step(model, x, adam, step);
            }
        }
        return loss;
    }

    /** What a step does to the codebook alone. */
    private void observe(Vae model, NDArray x, long step) {
        BoundTerms terms = model.boundTerms(training(step), x, Condition.none(), 1);
        AfterStep.run(model, new CompletedStep(training(step), terms, step, OptimizerState.none()));
    }

    private static float[][] trained(Vae model) {
        return model.getParameters().values().stream()
                .filter(parameter -> parameter.requiresGradient())
                .map(parameter -> parameter.getArray().toFloatArray())
                .toArray(float[][]::new);
    }

    private static float[][] all(Vae model) {
        return model.getParameters().values().stream()
                .map(parameter -> parameter.getArray().toFloatArray())
                .toArray(float[][]::new);
    }
}
