package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A module of TorchScript: weights, modules inside, and methods that compute with both.
 *
 * @param type the name of its class, a Python identifier; modules of one type have the same code
 * @param parameters by name, float32 or float64; they stay the caller's
 * @param children by name
 * @param lists names of lists of arrays, empty until a method fills them
 * @param methods source in the serialized dialect, each line indented by two spaces or more
 */
public record TorchScriptModule(
        String type,
        Map<String, NDArray> parameters,
        Map<String, TorchScriptModule> children,
        List<String> lists,
        String methods) {

    /** A module that holds no lists. */
    public TorchScriptModule(
            String type, Map<String, NDArray> parameters, Map<String, TorchScriptModule> children, String methods) {
        this(type, parameters, children, List.of(), methods);
    }

    public TorchScriptModule {
        lists = List.copyOf(lists);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /** The name of its class in full. */
    String qualifiedType() {
        return "__torch__." + type;
    }

    /** The class of this module and those of all in it, each once. */
    String classes() {
        Map<String, String> byType = new LinkedHashMap<>();
        collect(byType);
        return String.join("", byType.values());
    }

    private void collect(Map<String, String> byType) {
        children.values().forEach(child -> child.collect(byType));
        String source = source();
        String other = byType.putIfAbsent(type, source);
        if (other != null && !other.equals(source)) {
            throw new IllegalArgumentException(
                    "two modules of type " + type + " have different code; give their types different names");
        }
    }

    private String source() {
        String names =
                parameters.keySet().stream().map(name -> "\"" + name + "\", ").collect(Collectors.joining());
        StringBuilder source = new StringBuilder("class " + type + "(Module):\n");
        source.append("  __parameters__ = [").append(names).append("]\n  __buffers__ = []\n");
        parameters.keySet().forEach(name -> source.append("  " + name + " : Tensor\n"));
        source.append("  training : bool\n");
        lists.forEach(name -> source.append("  " + name + " : List[Tensor]\n"));
        children.forEach((name, child) -> source.append("  " + name + " : " + child.qualifiedType() + "\n"));
        return source.append(methods).toString();
    }
}
