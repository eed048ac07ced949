package io.vae4j.models.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.distribution.Support;
import io.vae4j.core.model.ApproximatePosterior;
import io.vae4j.core.model.Posterior;
import io.vae4j.models.family.FullGaussian;
import io.vae4j.models.family.Gaussian;
import io.vae4j.models.flow.Flow;
import io.vae4j.models.flow.InverseAutoregressive;
import io.vae4j.models.flow.Made;
import io.vae4j.models.flow.Order;
import io.vae4j.models.flow.Planar;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.BlockTest;
import io.vae4j.models.network.Initialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Posteriors and flows answer DJL's untyped forward. */
class UntypedTest extends BlockTest {

    private static final int B = 4;
    private static final int D = 2;
    private static final int F = 3;
    private static final Initialization START = Initialization.FAN_IN_UNIFORM;

    static Stream<Posterior> posteriors() {
        List<Flow> flows = InverseAutoregressive.chain(2, D, List.of(5), Activation.TANH, START);
        return Stream.of(
                new Deterministic(D, START),
                new FlowPosterior(new Gaussian(D, START), flows),
                new FlowPosterior(new FullGaussian(D, START), List.of(new Planar(D, START))));
    }

    @ParameterizedTest
    @MethodSource("posteriors")
    void aPosteriorsOutputIsItsCenter(Posterior posterior) {
        initialized(posterior, 1, new Shape(1, F));
        NDArray features = normal(1, B, F);
        NDArray center = posterior
                .infer(pass(), features.expandDims(0), Condition.none())
                .pointEstimate()
                .squeeze(0);

        assertThat(output(posterior, features).toDoubleArray()).containsExactly(center.toDoubleArray(), within(1e-12));
    }

    static Stream<Flow> flows() {
        return Stream.of(
                new Planar(D, START),
                new InverseAutoregressive(D, List.of(5), Activation.RELU, START, Order.BACKWARDS));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aFlowsOutputIsWhatZIsMappedTo(Flow flow) {
        initialized(flow, 2, new Shape(1, D), new Shape(1, F));
        NDArray z = normal(1, B, D);
        NDArray context = normal(2, B, F);
        NDArray mapped = flow.transform(pass(), z.expandDims(0), context.expandDims(0))
                .value()
                .squeeze(0);

        assertThat(output(flow, z, context).toDoubleArray()).containsExactly(mapped.toDoubleArray(), within(1e-12));
        assertThat(mapped.toDoubleArray()).isNotEqualTo(z.toDoubleArray());
    }

    @Test
    void aMasksAutoencodersOutputsStandSideBySide() {
        Made made = initialized(
                new Made(D, List.of(5, 6), Activation.TANH, START, Order.FORWARDS),
                2,
                new Shape(1, D),
                new Shape(1, F));
        NDArray z = normal(1, B, D);
        NDArray context = normal(2, B, F);
        Made.Terms terms = made.given(pass(), context.expandDims(0)).apply(z.expandDims(0));
        NDArray output = output(made, z, context);

        assertThat(output.get(":, :2").toDoubleArray())
                .containsExactly(terms.shift().toDoubleArray(), within(1e-12));
        assertThat(output.get(":, 2:").toDoubleArray())
                .containsExactly(terms.gate().toDoubleArray(), within(1e-12));
    }

    /** The widths of hidden layers may equal the length of z, and no less. */
    @Test
    void aLayerAsWideAsZIsWideEnough() {
        assertThat(new Made(D, List.of(D), Activation.TANH, START, Order.FORWARDS).getChildren())
                .isNotEmpty();
    }

    @Test
    void everySampleOfAPointIsThePointAndItsDivergenceIsLeftOut() {
        Deterministic posterior = initialized(new Deterministic(D, START), 1, new Shape(1, F));
        ApproximatePosterior point = posterior.infer(pass(), normal(1, 1, B, F), Condition.none());
        NDArray samples = point.sample(pass(), 3).value();

        assertThat(samples.getShape()).isEqualTo(new Shape(3, B, D));
        for (int draw = 0; draw < 3; draw++) {
            assertThat(samples.get(draw).toDoubleArray())
                    .isEqualTo(point.pointEstimate().toDoubleArray());
        }
        assertThat(point.mean().orElseThrow()).isEqualTo(point.pointEstimate());
        NDArray kl = point.kl(StandardNormal.over(samples, D)).orElseThrow();
        assertThat(kl.getShape()).isEqualTo(new Shape(1, B));
        assertThat(kl.toDoubleArray()).containsOnly(0);
    }

    @Test
    void aFlowsDensityIsOneOfVectorsOfRealNumbers() {
        FlowPosterior posterior = initialized(
                new FlowPosterior(
                        new FullGaussian(D, START),
                        InverseAutoregressive.chain(1, D, List.of(5), Activation.TANH, START)),
                1,
                new Shape(1, F));
        var density = posterior
                .infer(pass(), normal(1, 1, B, F), Condition.none())
                .density()
                .orElseThrow();

        assertThat(density.eventRank()).isEqualTo(1);
        assertThat(density.support()).isEqualTo(Support.REAL);
        assertThat(density.shape()).isEqualTo(new Shape(1, B, D));
        assertThat(new FullGaussian(D, START).support()).isEqualTo(Support.REAL);
        assertThat(posterior.getParameters().keys())
                .anyMatch(name -> name.contains("flow1_"))
                .noneMatch(name -> name.contains("flow0_"));
    }

    /** The block's answer to its inputs, whose shape it must have foretold. */
    private NDArray output(Block block, NDArray... inputs) {
        NDArray output = block.forward(new ParameterStore(manager, false), new NDList(inputs), false)
                .singletonOrThrow();
        Shape[] shapes = Stream.of(inputs).map(NDArray::getShape).toArray(Shape[]::new);

        assertThat(output.getDataType()).isEqualTo(DataType.FLOAT64);
        assertThat(block.getOutputShapes(shapes)).containsExactly(output.getShape());
        return output;
    }
}
