package io.vae4j.experiments.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.Convolutions;
import io.vae4j.core.training.FusedAdam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A device computes what is known beforehand: one of each kind of kernel that a training needs, since libraries that
 * multiply may yet lack a convolution, a generator or a fused update for the card at hand.
 */
final class DeviceTrial {

    private static final double TOLERANCE = 1e-4;

    /** A computation, with what comes of it. */
    private record Trial(ToDoubleFunction<NDManager> computation, double expected) {}

    private static final Map<String, Trial> TRIALS = trials();

    private DeviceTrial() {}

    private static Map<String, Trial> trials() {
        Map<String, Trial> all = new LinkedHashMap<>();
        all.put("a matrix product", new Trial(DeviceTrial::product, 64));
        all.put("a convolution", new Trial(DeviceTrial::convolution, 100));
        all.put("a function in TorchScript", new Trial(DeviceTrial::function, 9 * Math.tanh(0.5)));
        all.put("random numbers", new Trial(DeviceTrial::repeatedNoise, 0));
        all.put("the fused update", new Trial(DeviceTrial::update, 9 * (1 - 0.1)));
        return all;
    }

    /** What goes wrong on a device, if anything does. */
    static Optional<String> fault(Device device) {
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager(device)) {
            for (Map.Entry<String, Trial> trial : TRIALS.entrySet()) {
                double expected = trial.getValue().expected();
                double result = trial.getValue().computation().applyAsDouble(manager);
                if (!(Math.abs(result - expected) <= TOLERANCE * Math.max(1, expected))) {
                    return Optional.of(trial.getKey() + " gives " + result + ", not " + expected);
                }
            }
            return Optional.empty();
        } catch (RuntimeException | LinkageError refused) {
            return Optional.of(
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("no message"));
        }
    }

    private static double product(NDManager manager) {
        NDArray ones = manager.ones(new Shape(4, 4));
        return ones.matMul(ones).sum().getFloat();
    }

    /** Ones under a kernel of ones, with zeros around: 4 corners of 4, 8 edges of 6 and 4 inner ones of 9. */
    private static double convolution(NDManager manager) {
        NDArray x = manager.ones(new Shape(1, 1, 4, 4));
        NDArray kernel = manager.ones(new Shape(1, 1, 3, 3));
        return Convolutions.convolve(x, kernel, manager.zeros(new Shape(1)), 1, 1)
                .sum()
                .getFloat();
    }

    private static double function(NDManager manager) {
        return Aten.tanh(manager.full(new Shape(3, 3), 0.5f)).sum().getFloat();
    }

    /** The difference between two draws by the same seed, or NaN if the numbers are all the same. */
    private static double repeatedNoise(NDManager manager) {
        NDArray like = manager.zeros(new Shape());
        NDArray drawn = Noise.seeded(1, 2, 3).normal(new Shape(100), like);
        NDArray again = Noise.seeded(1, 2, 3).normal(new Shape(100), like);
        double spread = drawn.max().getFloat() - drawn.min().getFloat();
        return spread > 1 ? drawn.sub(again).abs().sum().getFloat() : Double.NaN;
    }

    /** The first step of Adam goes as far as its rate says. */
    private static double update(NDManager manager) {
        NDArray weights = manager.ones(new Shape(3, 3));
        weights.setRequiresGradient(true);
        try (FusedAdam adam = new FusedAdam(manager, List.of(weights), new FusedAdam.Settings())) {
            adam.step(List.of(manager.ones(new Shape(3, 3))), 0.1, 0);
        }
        return weights.stopGradient().sum().getFloat();
    }
}
