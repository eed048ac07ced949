package io.vae4j.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Condition;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.objective.Reparameterised;
import io.vae4j.core.optimiser.FusedAdam;
import io.vae4j.models.NetworkDecoder;
import io.vae4j.models.StandardNormalPrior;
import io.vae4j.models.Vae;
import io.vae4j.models.network.Activation;
import io.vae4j.models.network.Gaussian;
import io.vae4j.models.network.GreyPixels;
import io.vae4j.models.network.Initialisation;
import io.vae4j.models.network.Mlp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The training step of the slides' MNIST run, 784-400-20-400-784 with batch 128: all of it, and its forward pass alone,
 * so that the difference is the price of the gradient and the update. The images are random grey levels: the arithmetic
 * does not depend on them.
 *
 * <p>How to run: {@code mvn -q -DskipTests -pl benchmarks -am package exec:exec}, on an otherwise idle machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ElboStep {

    private static final int BATCH = 128;
    private static final int PIXELS = 784;

    private final NDManager manager = NDManager.newBaseManager();
    private final Vae model = slides();
    private final ParameterStore store = new ParameterStore(manager, false);
    private final NDArray images = manager.randomUniform(0, 1, new Shape(BATCH, PIXELS));
    private final FusedAdam adam;
    private long step;

    /** Initialises the model and its optimiser. */
    public ElboStep() {
        model.initialize(manager, DataType.FLOAT32, new Shape(1, PIXELS));
        List<NDArray> parameters =
                model.getParameters().values().stream().map(Parameter::getArray).toList();
        adam = new FusedAdam(manager, parameters, new FusedAdam.Settings());
    }

    /** The whole step: forward, backward, update. */
    @Benchmark
    public long trainingStep() {
        try (NDManager batch = manager.newSubManager()) {
            Pass pass = Pass.training(store, batch, Noise.seeded(0, step, 0));
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                new Reparameterised().backward(tape, model, pass, input(batch), Condition.none(), new Elbo());
            }
            adam.step(batch, 1e-3, step);
        }
        return step++;
    }

    /** The ELBO alone, with no graph for a gradient. */
    @Benchmark
    public float elbo() {
        try (NDManager batch = manager.newSubManager()) {
            Pass pass = Pass.evaluation(store, batch, Noise.seeded(0, step++, 0));
            return model.evidence(pass, input(batch), Condition.none(), 1)
                    .elbo()
                    .mean()
                    .getFloat();
        }
    }

    /** Frees native memory at the end of a fork. */
    @TearDown(Level.Trial)
    public void close() {
        manager.close();
    }

    /** A batch's own handle on the images: results belong to the batch, not to the benchmark. */
    private NDArray input(NDManager batch) {
        NDArray alias = images.reshape(images.getShape());
        alias.attach(batch);
        return alias;
    }

    private static Vae slides() {
        Initialisation start = Initialisation.FAN_IN_UNIFORM;
        return new Vae(
                new Mlp(List.of(400), Activation.RELU, start),
                new Gaussian(20, start),
                new NetworkDecoder(
                        new Mlp(List.of(400), Activation.RELU, start), new GreyPixels(new Shape(PIXELS), start)),
                new StandardNormalPrior(20));
    }
}
