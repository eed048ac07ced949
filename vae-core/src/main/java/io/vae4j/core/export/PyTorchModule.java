package io.vae4j.core.export;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.vae4j.core.export.PyTorchCode.Layer;
import io.vae4j.core.export.PyTorchCode.Methods;
import io.vae4j.core.torch.TorchScriptModule;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a model in PyTorch, with those parts of it that its code reads.
 *
 * @param type the name of its class; modules of one type have the same code
 * @param parameters its own, by name; they stay the model's
 * @param children by name
 */
public record PyTorchModule(
        String type, PyTorchCode code, Map<String, NDArray> parameters, Map<String, PyTorchModule> children) {

    public PyTorchModule {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /**
     * A block and what is in it.
     *
     * @param block initialized
     * @throws NotExportable if it, or a part that its code reads, is no {@link PyTorchSource}
     */
    public static PyTorchModule of(Block block, PyTorchInputs inputs) {
        return new ModuleReader(inputs).read(block, ModuleReader.ROOT);
    }

    /** The module as TorchScript. */
    public TorchScriptModule torchScript() {
        Map<String, TorchScriptModule> inside = new LinkedHashMap<>();
        children.forEach((name, child) -> inside.put(name, child.torchScript()));
        return new TorchScriptModule(type, parameters, inside, torchScriptMethods());
    }

    private String torchScriptMethods() {
        Methods methods = code instanceof Layer layer ? PyTorchCode.returning("x", layer.value()) : (Methods) code;
        return methods.all().stream()
                .flatMap(method -> method.torchScript(type, children.keySet()))
                .map(line -> "  " + line + "\n")
                .collect(Collectors.joining());
    }

    /**
     * The Python classes of this module and of all in it, each once, those that are used before those that use them.
     */
    public String pythonClasses() {
        Map<String, String> byType = new LinkedHashMap<>();
        collect(byType);
        return String.join("\n\n", byType.values());
    }

    private void collect(Map<String, String> byType) {
        children.values().forEach(child -> child.collect(byType));
        if (code instanceof Methods methods) {
            byType.putIfAbsent(type, python(methods));
        }
    }

    private String python(Methods methods) {
        Stream<String> attributes = Stream.concat(
                parameters.entrySet().stream()
                        .map(entry -> "self." + entry.getKey() + " = nn.Parameter(torch.zeros("
                                + dimensions(entry.getValue()) + "))"),
                children.entrySet().stream()
                        .map(entry -> "self." + entry.getKey() + " = "
                                + entry.getValue().constructor()));
        Stream<String> start = Stream.concat(Stream.of("super().__init__()"), attributes);
        Stream<String> lines = Stream.concat(
                Stream.concat(Stream.of("def __init__(self):"), start.map(line -> "    " + line)),
                methods.all().stream().flatMap(method -> Stream.concat(Stream.of(""), method.python())));
        return "class " + type + "(nn.Module):\n"
                + lines.map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static String dimensions(NDArray array) {
        return Arrays.stream(array.getShape().getShape())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    /** How Python makes the module. */
    public String constructor() {
        return code instanceof Layer layer ? layer.constructor() : type + "()";
    }
}
