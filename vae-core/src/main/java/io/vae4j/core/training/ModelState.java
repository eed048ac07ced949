package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The parameters of a model under names as PyTorch writes them, such as {@code encoder.fc1.weight}: the path of the
 * children's names, without the numbers that DJL puts in front. Children that would then be named alike, as in DJL's
 * own {@code SequentialBlock}, keep theirs: {@code 01Linear.weight}, {@code 03Linear.weight}.
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

    /**
     * The values of every parameter by name, PyTorch's {@code state_dict}; write into the arrays to restore them.
     *
     * @throws IllegalStateException if two parameters have one name
     */
    public static Map<String, NDArray> tensors(Block block) {
        Map<String, NDArray> tensors = new TreeMap<>();
        of(block).forEach(named -> put(tensors, named.name(), named.array()));
        return tensors;
    }

    /** Refuses a name that is taken: a checkpoint would hold one of the two, and nobody would notice. */
    static void put(Map<String, NDArray> tensors, String name, NDArray array) {
        if (tensors.putIfAbsent(name, array) != null) {
            throw new IllegalStateException("two parameters of the model are named " + name + ", of which a checkpoint"
                    + " would hold one; give the parts around them other names in child(name, part)");
        }
    }

    private static void collect(Block block, String path, List<Named> found) {
        for (Pair<String, Parameter> entry : block.getDirectParameters()) {
            found.add(new Named(path + entry.getKey(), entry.getValue()));
        }
        children(block).forEach((name, child) -> collect(child, path + name + ".", found));
    }

    /** The blocks inside a block, in their order, under the names that its parameters' paths have for them. */
    public static Map<String, Block> children(Block block) {
        Map<String, Long> namesakes = block.getChildren().keys().stream()
                .collect(Collectors.groupingBy(ModelState::bare, Collectors.counting()));
        Map<String, Block> children = new LinkedHashMap<>();
        for (Pair<String, Block> child : block.getChildren()) {
            String bare = bare(child.getKey());
            children.put(namesakes.getOrDefault(bare, 0L) > 1 ? child.getKey() : bare, child.getValue());
        }
        return children;
    }

    private static String bare(String numbered) {
        return numbered.replaceFirst("^\\d+", "");
    }
}
