package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The arrays of an npz or safetensors file, as DJL's own readers see them. */
public record WrittenArrays(Map<String, NDArray> arrays) {

    public static WrittenArrays read(NDManager manager, Path file) throws IOException {
        Map<String, NDArray> arrays = new HashMap<>();
        NDList.decode(manager, Files.readAllBytes(file)).forEach(array -> arrays.put(array.getName(), array));
        return new WrittenArrays(arrays);
    }

    public NDArray array(String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }
}
