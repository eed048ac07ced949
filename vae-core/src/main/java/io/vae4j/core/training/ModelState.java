package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters of a model under names as PyTorch writes them, such as {@code encoder.fc1.weight}: the path of the
 * children's names, without the numbers that DJL puts in front.
 */
public final class ModelState {

    private ModelState() {}

    /** A parameter under its torch-style name; it stays the model's. */
    public record Named(String name, Parameter parameter) {

        /** Its values. */
        public NDArray array() {
            return parameter.getArray();
        }

        /** Whether an optimizer moves it. */
        public boolean isTrained() {
            return parameter.requiresGradient();
        }
    }

    /** Every parameter of a block, in the order of the blocks in it. */
    public static List<Named> of(Block block) {
        List<Named> found = new ArrayList<>();
        collect(block, "", found);
        return found;
    }

    /** The values of every parameter by name, PyTorch's {@code state_dict}; write into the arrays to restore them. */
    public static Map<String, NDArray> tensors(Block block) {
        Map<String, NDArray> tensors = new TreeMap<>();
        of(block).forEach(named -> tensors.put(named.name(), named.array()));
        return tensors;
    }

    private static void collect(Block block, String path, List<Named> found) {
        for (Pair<String, Parameter> entry : block.getDirectParameters()) {
            found.add(new Named(path + entry.getKey(), entry.getValue()));
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(child.getValue(), path + child.getKey().replaceFirst("^\\d+", "") + ".", found);
        }
    }
}
