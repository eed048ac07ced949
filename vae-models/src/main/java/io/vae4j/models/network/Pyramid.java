package io.vae4j.models.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The plan of a convolutional network: feature maps, each of half the size of the one below (rounded up), with residual
 * blocks at the coarsest. An encoder climbs it and a decoder descends it, as in van den Oord et al. 2017, section 4.1,
 * https://arxiv.org/abs/1711.00937
 *
 * @param widths the channels of each feature map, from the image on, at least one
 * @param residualBlocks how many, 0 or more
 */
public record Pyramid(List<Integer> widths, int residualBlocks, Activation activation, Initialization initialization) {

    public Pyramid {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1) || residualBlocks < 0) {
            throw new IllegalArgumentException("the widths are " + widths + " with " + residualBlocks
                    + " residual blocks; expected one positive width or more, such as [32, 64], and 0 blocks or more");
        }
    }

    /** The coarsest feature map over an image [C, H, W]. */
    public Shape coarsest(Shape image) {
        return sizes(image).get(widths.size() - 1);
    }

    int coarsestWidth() {
        return widths.get(widths.size() - 1);
    }

    /** The feature maps over an image [C, H, W], from the finest on. */
    List<Shape> sizes(Shape image) {
        Shape below = requireImage(image);
        List<Shape> sizes = new ArrayList<>();
        for (int width : widths) {
            below = FeatureMaps.resized(below, width, Kernel.halving()::steps);
            sizes.add(below);
        }
        return sizes;
    }

    List<ResidualBlock> blocks() {
        return IntStream.range(0, residualBlocks)
                .mapToObj(i -> new ResidualBlock(coarsestWidth(), activation, initialization))
                .toList();
    }

    static Shape requireImage(Shape image) {
        if (image.dimension() != 3 || image.size() < 1) {
            throw new IllegalArgumentException("the image has shape " + image
                    + "; expected [C, H, W], such as (1, 28, 28) also where the data come flat");
        }
        return image;
    }
}
