package io.vae4j.core;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests that compute: one manager per test, which frees all its arrays. */
public abstract class EngineTest {

    protected NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** Native memory, unlike {@code manager.create}, whose buffer dies with its Java object. */
    protected NDArray array(double... values) {
        try (NDArray made = manager.create(values)) {
            return made.duplicate();
        }
    }

    /** The gradient of a scalar function at a point. */
    protected NDArray gradient(Function<NDArray, NDArray> function, NDArray point) {
        NDArray leaf = point.duplicate();
        leaf.setRequiresGradient(true);
        try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
            tape.backward(function.apply(leaf));
        }
        return leaf.getGradient();
    }

    /** Central differences of a scalar float64 function at a point. */
    protected double[] differences(Function<NDArray, NDArray> function, NDArray point) {
        double[] at = point.toDoubleArray();
        double[] slopes = new double[at.length];
        double step = 1e-5;
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += step;
            down[i] -= step;
            double rise = function.apply(array(up).reshape(point.getShape())).getDouble()
                    - function.apply(array(down).reshape(point.getShape())).getDouble();
            slopes[i] = rise / (2 * step);
        }
        return slopes;
    }
}
