package io.vae4j.experiments.device;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;

/** A process of its own: prepares the device named by the argument, multiplies two matrices, prints one line. */
final class EngineStart {

    private EngineStart() {}

    public static void main(String[] arguments) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            RunDevice ready = NativeLibraries.prepareFor(DeviceRequest.parse(arguments[0]));
            boolean restored = Thread.currentThread().getContextClassLoader() == before;
            try (NDManager manager = Engine.getInstance().newBaseManager(ready.device())) {
                NDArray left = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
                NDArray right = manager.create(new float[] {5, 6, 7, 8}, new Shape(2, 2));
                float corner = left.matMul(right).toFloatArray()[3];
                System.out.printf(
                        "%s|%s|%s|%s|%s%n", ready.name(), ready.reason(), ready.libraries(), corner, restored);
            }
        } catch (InvalidInput refused) {
            System.out.println(refused.getMessage());
        }
    }
}
