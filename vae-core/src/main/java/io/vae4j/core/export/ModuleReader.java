package io.vae4j.core.export;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.vae4j.core.export.PyTorchCode.Layer;
import io.vae4j.core.export.PyTorchCode.Methods;
import io.vae4j.core.training.ModelState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads blocks as modules, and gives each class of equal code one name: that of the Java class, numbered if taken. */
final class ModuleReader {

    /** The path of the whole; its parts' paths do not begin with it. */
    static final String ROOT = "model";

    private final PyTorchInputs inputs;
    private final Map<List<Object>, String> types = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();

    ModuleReader(PyTorchInputs inputs) {
        this.inputs = inputs;
    }

    PyTorchModule read(Block block, String path) {
        if (!(block instanceof PyTorchSource source)) {
            throw new NotExportable(path + " (" + block.getClass().getSimpleName() + ")");
        }
        PyTorchCode code = source.pyTorch(inputs);
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (Pair<String, Parameter> entry : block.getDirectParameters()) {
            if (isRead(code, entry.getKey())) {
                parameters.put(entry.getKey(), entry.getValue().getArray());
            }
        }
        Map<String, PyTorchModule> children = new LinkedHashMap<>();
        ModelState.children(block).forEach((name, child) -> {
            if (isRead(code, name)) {
                children.put(name, read(child, path.equals(ROOT) ? name : path + "." + name));
            }
        });
        return new PyTorchModule(type(block, code, parameters, children), code, parameters, children);
    }

    private static boolean isRead(PyTorchCode code, String name) {
        return code instanceof Layer || ((Methods) code).reads(name);
    }

    private String type(
            Block block, PyTorchCode code, Map<String, NDArray> parameters, Map<String, PyTorchModule> children) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        parameters.forEach((name, array) -> attributes.put(name, array.getShape()));
        children.forEach((name, child) -> attributes.put(name, child.constructor()));
        return types.computeIfAbsent(List.of(block.getClass(), code, attributes), key -> numbered(block));
    }

    private String numbered(Block block) {
        String name = block.getClass().getSimpleName().isEmpty()
                ? "Part"
                : block.getClass().getSimpleName();
        int number = taken.merge(name, 1, Integer::sum);
        return number == 1 ? name : name + number;
    }
}
