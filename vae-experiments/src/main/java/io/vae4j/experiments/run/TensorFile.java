package io.vae4j.experiments.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.HostCopy;
import io.vae4j.core.torch.Aten;
import io.vae4j.experiments.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Named tensors as safetensors, the format that PyTorch's users read with {@code safetensors.torch.load_file}. */
public final class TensorFile {

    private TensorFile() {}

    /** Which numbers a file may hold. */
    enum Numbers {
        /** Weights: no model is any good by others. */
        FINITE,
        /** Moments: one that has overflown holds its parameter still, also in a run that was not stopped. */
        NO_NAN,
        /** Sums of what was measured, which may not have been finite. */
        ANY
    }

    /** The bytes of a file with copies of the tensors. */
    public static byte[] encode(Map<String, NDArray> tensors) throws IOException {
        try (NDList copies = new NDList(tensors.size())) {
            tensors.forEach((name, tensor) -> {
                NDArray copy = HostCopy.of(tensor);
                copy.setName(name);
                copies.add(copy);
            });
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            copies.encode(bytes, NDList.Encoding.SAFETENSORS);
            return bytes.toByteArray();
        }
    }

    /** As the other one, of weights. */
    public static void decode(byte[] bytes, NDManager scratch, Map<String, NDArray> into, String where)
            throws IOException {
        decode(bytes, scratch, into, Numbers.FINITE, where);
    }

    /**
     * Copies tensors into arrays of the same names, shapes and types.
     *
     * @param bytes of a file that nobody vouches for
     * @param where names the file in messages
     */
    static void decode(byte[] bytes, NDManager scratch, Map<String, NDArray> into, Numbers allowed, String where)
            throws IOException {
        TensorHeader.require(bytes);
        NDList loaded = NDList.decode(scratch, bytes);
        if (loaded.size() != into.size()) {
            throw mismatch(loaded.size() + " tensors; the model at hand has " + into.size(), where);
        }
        // all are compared before the first is copied
        loaded.forEach(tensor -> target(tensor, into, where));
        loaded.forEach(tensor -> require(tensor, allowed, where));
        loaded.forEach(tensor -> Aten.overwrite(target(tensor, into, where), tensor));
    }

    private static void require(NDArray tensor, Numbers allowed, String where) {
        boolean fine = switch (allowed) {
            case FINITE -> Aten.isFinite(tensor);
            case NO_NAN -> isWithoutNaN(tensor);
            case ANY -> true;
        };
        if (!fine) {
            throw new InvalidInput(
                    tensor.getName() + " holds numbers that are not finite",
                    where,
                    "take an earlier checkpoint, by --checkpoint N; to train on, remove this one");
        }
    }

    private static boolean isWithoutNaN(NDArray tensor) {
        try (NDArray each = tensor.isNaN();
                NDArray any = each.any()) {
            return !any.getBoolean();
        }
    }

    private static NDArray target(NDArray tensor, Map<String, NDArray> into, String where) {
        String name = tensor.getName();
        if (!into.containsKey(name)) {
            throw mismatch("a tensor " + name + "; the model at hand has " + into.keySet(), where);
        }
        NDArray target = Objects.requireNonNull(into.get(name));
        if (!target.getShape().equals(tensor.getShape())) {
            throw mismatch(
                    name + " with shape " + tensor.getShape() + "; the model at hand has " + target.getShape(), where);
        }
        if (target.getDataType() != tensor.getDataType()) {
            throw mismatch(
                    name + " of type " + tensor.getDataType() + "; the model at hand has " + target.getDataType(),
                    where);
        }
        return target;
    }

    private static InvalidInput mismatch(String found, String where) {
        return new InvalidInput(
                "the weights belong to another model: the file has " + found,
                where,
                "open them by the model that they were trained in: the run's own recipe.yaml, or the same parts in Java");
    }
}
