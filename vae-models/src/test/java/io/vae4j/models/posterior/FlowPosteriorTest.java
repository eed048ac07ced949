package io.vae4j.models.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.distribution.Sample;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.core.model.PosteriorFamily;
import io.vae4j.core.torch.Aten;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.flow.Flow;
import io.vae4j.models.flow.InverseAutoregressive;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BlockTest;
import io.vae4j.models.network.Initialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The full Gaussian and the flows on both Gaussians: everything here has a density by the change of variables. */
class FlowPosteriorTest extends BlockTest {

    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    static Stream<Posterior> posteriors() {
        return Stream.of(
                new FullGaussian(2, START),
                planar(new Gaussian(2, START)),
                planar(new FullGaussian(2, START)),
                autoregressive(new Gaussian(2, START)),
                autoregressive(new FullGaussian(2, START)));
    }

    static Stream<Posterior> invertible() {
        return Stream.of(new FullGaussian(2, START), autoregressive(new FullGaussian(2, START)));
    }

    /** E_q[p / q] = 1 for any p inside q's bulk, if q integrates to one and log q belongs to its samples. */
    @ParameterizedTest
    @MethodSource("posteriors")
    void theDensityOfTheSamplesIsNormalized(Posterior posterior) {
        initialized(posterior, 1.5, new Shape(1, 3));
        int count = 50_000;
        Sample draw = infer(posterior, normal(2, 1, 1, 3)).sample(pass(Noise.seeded(2, 0, 0)), count);
        NDArray mean = draw.value().mean(new int[] {0}, true);
        NDArray variance = draw.value().sub(mean).square().mean(new int[] {0}, true);
        DiagonalNormal inside = new DiagonalNormal(mean, Ops.shift(Ops.scale(variance.log(), 0.5), Math.log(0.5)), 1);
        NDArray ratio = inside.logProb(draw.value())
                .sub(draw.logProb().orElseThrow().get())
                .exp();
        double average = ratio.mean().getDouble();
        double error = Math.sqrt((ratio.square().mean().getDouble() - average * average) / count);

        assertThat(error).isLessThan(0.02);
        assertThat(average).isCloseTo(1, within(4 * error));
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void gradientsOfParametersAgreeWithFiniteDifferences(Posterior posterior) {
        initialized(posterior, 1.5, new Shape(1, 3));
        NDArray features = normal(1, 1, 2, 3);
        NDArray eps = normal(2, 3, 2, 2);
        Supplier<NDArray> score = () -> {
            Sample draw = infer(posterior, features).sample(pass(Noise.given(List.of(eps))), 3);
            return draw.value()
                    .sin()
                    .sum()
                    .add(draw.logProb().orElseThrow().get().square().sum());
        };
        Map<String, double[]> gradients = gradients(posterior, score);

        for (Pair<String, Parameter> parameter : posterior.getParameters()) {
            assertThat(gradients.get(parameter.getKey()))
                    .as(parameter.getKey())
                    .containsExactly(differences(parameter.getValue(), score), within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void drawsHaveAnAxisOfTheirOwn(Posterior posterior) {
        initialized(posterior, 1, new Shape(1, 3));
        ApproximatePosterior first = infer(posterior, normal(1, 1, 4, 3));
        ApproximatePosterior lower = infer(posterior, normal(1, 5, 4, 3));

        assertThat(first.pointEstimate().getShape()).isEqualTo(new Shape(1, 4, 2));
        for (Sample draw :
                List.of(first.sample(pass(Noise.seeded(1, 0, 0)), 5), lower.sample(pass(Noise.seeded(1, 0, 0)), 1))) {
            assertThat(draw.value().getShape()).isEqualTo(new Shape(5, 4, 2));
            assertThat(draw.logProb().orElseThrow().get().getShape()).isEqualTo(new Shape(5, 4));
        }
    }

    @ParameterizedTest
    @MethodSource("invertible")
    void theDensityAtADrawIsTheDensityOfTheDraw(Posterior posterior) {
        initialized(posterior, 1.5, new Shape(1, 3));
        ApproximatePosterior q = infer(posterior, normal(1, 1, 4, 3));
        Sample draw = q.sample(pass(Noise.seeded(1, 0, 0)), 5);
        Distribution density = q.density().orElseThrow();

        assertThat(density.logProb(draw.value()).toDoubleArray())
                .containsExactly(draw.logProb().orElseThrow().get().toDoubleArray(), within(1e-9));
        assertThat(density.logProb(draw.value().get("2")).toDoubleArray())
                .containsExactly(draw.logProb().orElseThrow().get().get("2").toDoubleArray(), within(1e-9));
        assertThat(density.sample(Noise.seeded(1, 0, 0), 5).toDoubleArray())
                .isEqualTo(draw.value().toDoubleArray());
    }

    /** What sticking-the-landing needs: a path to the draw, none to the parameters. */
    @ParameterizedTest
    @MethodSource("invertible")
    void aFrozenDensityHasAGradientToItsArgumentOnly(Posterior posterior) {
        initialized(posterior, 1.5, new Shape(1, 3));
        NDArray features = normal(1, 1, 1, 3);
        ApproximatePosterior frozen = posterior.infer(pass().frozen(), features, Condition.none());
        Distribution density = frozen.density().orElseThrow();
        NDArray z = normal(5, 1, 1, 2);
        NDArray slope = gradient(z.duplicate(), at -> density.logProb(at).sum());

        assertThat(slope.abs().min().getDouble()).isPositive();
        double step = 1e-5;
        double along = density.logProb(z.add(Ops.scale(slope, step))).getDouble(0, 0)
                - density.logProb(z.add(Ops.scale(slope, -step))).getDouble(0, 0);
        assertThat(slope.square().sum().getDouble()).isCloseTo(along / (2 * step), within(1e-6));
        double[] untouched = gradients(
                        posterior,
                        () -> density.logProb(infer(posterior, features)
                                        .sample(pass(Noise.seeded(1, 0, 0)), 1)
                                        .value()
                                        .stopGradient())
                                .sum()
                                .add(parameterSum(posterior)))
                .values()
                .stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
        assertThat(untouched).containsOnly(1);
    }

    /** One draw overflows on the way back, its neighbor does not: each has its own density and its own gradient. */
    @Test
    void aPointWhoseInverseOverflowsIsImpossibleAndMovesNothing() {
        Posterior posterior = initialized(autoregressive(new FullGaussian(2, START)), 1.5, new Shape(1, 3));
        NDArray features = normal(1, 1, 1, 3);
        double[] points = {0.3, -0.4, 0.3, 9e15};
        NDArray z = manager.create(points, new Shape(2, 1, 2)).duplicate();
        NDArray alone =
                manager.create(new double[] {0.3, -0.4}, new Shape(1, 1, 2)).duplicate();
        Distribution density = infer(posterior, features).density().orElseThrow();
        double[] both = density.logProb(z).toDoubleArray();
        NDArray slope = gradient(z, at -> density.logProb(at).sum());
        NDArray expected = gradient(alone, at -> density.logProb(at).sum());

        assertThat(both[0]).isCloseTo(density.logProb(alone).getDouble(0, 0), within(1e-12));
        assertThat(both[1]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(slope.get("0").toDoubleArray())
                .containsExactly(expected.get("0").toDoubleArray(), within(1e-12));
        assertThat(slope.get("1").toDoubleArray()).containsOnly(0);
        assertThat(parameterGradients(posterior, features, z))
                .isEqualTo(parameterGradients(posterior, features, alone));
    }

    private double[] parameterGradients(Posterior posterior, NDArray features, NDArray z) {
        posterior.getParameters().values().forEach(parameter -> {
            try (NDArray gradient = parameter.getArray().getGradient()) {
                Aten.overwrite(gradient, gradient.zerosLike());
            }
        });
        return gradients(
                        posterior,
                        () -> infer(posterior, features)
                                .density()
                                .orElseThrow()
                                .logProb(z.stopGradient())
                                .sum()
                                .add(parameterSum(posterior)))
                .values()
                .stream()
                .flatMapToDouble(Arrays::stream)
                .map(value -> Math.rint(value * 1e9) / 1e9)
                .toArray();
    }

    @Test
    void theInverseOfAPlanarFlowHasNoClosedForm() {
        Posterior posterior = initialized(planar(new Gaussian(2, START)), 1, new Shape(1, 3));
        ApproximatePosterior q = infer(posterior, normal(1, 1, 1, 3));

        assertThat(q.density()).isEmpty();
        assertThat(q.kl(StandardNormal.over(normal(1, 1), 2))).isEmpty();
    }

    @Test
    void theMeanOfAFlowIsRefusedAndItsDivergenceLeftToTheSamples() {
        Posterior posterior = initialized(autoregressive(new Gaussian(2, START)), 1, new Shape(1, 3));
        Distribution density = infer(posterior, normal(1, 1, 1, 3)).density().orElseThrow();

        assertThat(density.kl(StandardNormal.over(normal(1, 1), 2))).isEmpty();
        assertThatThrownBy(density::mean).hasMessageContaining("no closed form");
    }

    @Test
    void noFlowsLeaveTheBaseAsItIs() {
        FlowPosterior posterior = initialized(new FlowPosterior(new Gaussian(2, START), List.of()), 1, new Shape(1, 3));
        ApproximatePosterior q = infer(posterior, normal(1, 1, 4, 3));
        Sample draw = q.sample(pass(Noise.seeded(1, 0, 0)), 5);

        assertThat(q.density().orElseThrow().logProb(draw.value()).toDoubleArray())
                .containsExactly(draw.logProb().orElseThrow().get().toDoubleArray(), within(1e-10));
    }

    @Test
    void theFactorOfAFullGaussianIsTheMaskedMatrixPlusItsScales() {
        FullGaussian posterior = initialized(new FullGaussian(3, START), 1, new Shape(1, 2));
        NDArray features = manager.zeros(new Shape(1, 1, 2), DataType.FLOAT64);
        double[] raw = posterior.getParameters().get("02lower_bias").getArray().toDoubleArray();
        double[] logScale = posterior
                .getParameters()
                .get("01diagonal_02logScale_bias")
                .getArray()
                .toDoubleArray();
        double[] expected = new double[9];
        for (int i = 0; i < 9; i++) {
            int row = i / 3;
            int column = i % 3;
            expected[i] = row > column ? raw[i] : row == column ? Math.exp(10 * Math.tanh(logScale[row] / 10)) : 0;
        }

        assertThat(posterior.of(pass(), features).scaleTril().toDoubleArray()).containsExactly(expected, within(1e-12));
    }

    private NDArray parameterSum(Posterior posterior) {
        Pass pass = pass();
        return posterior.getParameters().values().stream()
                .map(parameter -> pass.value(parameter).sum())
                .reduce(NDArray::add)
                .orElseThrow();
    }

    private ApproximatePosterior infer(Posterior posterior, NDArray features) {
        return posterior.infer(pass(), features, Condition.none());
    }

    private static FlowPosterior planar(PosteriorFamily<?> base) {
        List<Flow> flows = List.of(new Planar(2, START), new Planar(2, START));
        return new FlowPosterior(base, flows);
    }

    private static FlowPosterior autoregressive(PosteriorFamily<?> base) {
        return new FlowPosterior(base, InverseAutoregressive.chain(2, 2, List.of(4), Activation.TANH, START));
    }
}
