package io.vae4j.experiments.device;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.device.DeviceChoice.IfUnusable;
import java.nio.file.Path;

/**
 * A process of its own: prepares a device, multiplies two matrices, prints one line.
 *
 * <p>One argument is a request. Three pretend that a GPU was found: folder of libtorch, flavor, what to do if the GPU
 * is unusable.
 */
final class EngineStart {

    private EngineStart() {}

    public static void main(String[] arguments) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            RunDevice ready = arguments.length == 1
                    ? NativeLibraries.prepareFor(DeviceRequest.parse(arguments[0]))
                    : NativeLibraries.prepare(pretended(arguments));
            boolean restored = Thread.currentThread().getContextClassLoader() == before;
            System.out.println(String.join(
                    "|",
                    ready.name(),
                    ready.reason(),
                    ready.libraries(),
                    String.valueOf(cornerOfAProduct(ready)),
                    restored ? "loader restored" : "loader left behind"));
        } catch (InvalidInput refused) {
            System.out.println(refused.getMessage());
        }
    }

    private static DeviceChoice pretended(String[] arguments) {
        LibrarySource libraries =
                new LibrarySource.Folder(LibrarySource.Owner.USER, Path.of(arguments[0]), arguments[1]);
        return new DeviceChoice.Gpu(0, "Pretended GPU", libraries, IfUnusable.valueOf(arguments[2]));
    }

    private static float cornerOfAProduct(RunDevice ready) {
        try (NDManager manager = Engine.getInstance().newBaseManager(ready.device())) {
            NDArray left = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
            NDArray right = manager.create(new float[] {5, 6, 7, 8}, new Shape(2, 2));
            return left.matMul(right).toFloatArray()[3];
        }
    }
}
