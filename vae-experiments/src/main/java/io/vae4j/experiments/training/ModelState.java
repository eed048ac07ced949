package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a model under names as PyTorch writes them, such as {@code encoder.fc1.weight}: the path of the
 * children's names, without the numbers that DJL puts in front.
 */
public final class ModelState {

    private ModelState() {}

    /** A parameter's array under its torch-style name; the array stays the model's. */
    public record Named(String name, NDArray array, Trainable trainable) {}

    /** Whether the optimizer moves a parameter. */
    public enum Trainable {
        YES,
        NO
    }

    /** Every parameter of a model, in the order of its blocks. */
    public static List<Named> of(Block model) {
        List<Named> found = new ArrayList<>();
        collect(model, "", found);
        return found;
    }

    private static void collect(Block block, String path, List<Named> found) {
        for (Pair<String, Parameter> entry : block.getDirectParameters()) {
            Parameter parameter = entry.getValue();
            Trainable trainable = parameter.requiresGradient() ? Trainable.YES : Trainable.NO;
            found.add(new Named(path + entry.getKey(), parameter.getArray(), trainable));
        }
        for (Pair<String, Block> child : block.getChildren()) {
            collect(child.getValue(), path + child.getKey().replaceFirst("^\\d+", "") + ".", found);
        }
    }
}
