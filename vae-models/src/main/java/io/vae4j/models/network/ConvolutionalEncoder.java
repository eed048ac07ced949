package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.model.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolutional network from images to feature maps: a strided convolution for each step of a {@link Pyramid}, then
 * residual blocks, with an activation between any two layers and at the end. The condition joins the image as constant
 * channels. For a vector of features put an {@link Mlp} behind it in a {@link Sequential}; with no widths it only
 * flattens.
 */
public final class ConvolutionalEncoder extends NetworkBlock implements Encoder, PyTorchSource {

    private final Shape image;
    private final Pyramid pyramid;
    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<ResidualBlock> blocks = new ArrayList<>();

    /** @param image [C, H, W], to which data are reshaped */
    public ConvolutionalEncoder(Shape image, Pyramid pyramid) {
        this.image = Pyramid.requireImage(image);
        this.pyramid = pyramid;
        for (int width : pyramid.widths()) {
            Convolution halving = new Convolution(width, Kernel.halving(), pyramid.initialization());
            convolutions.add(child("conv" + (convolutions.size() + 1), halving));
        }
        for (ResidualBlock block : pyramid.blocks()) {
            blocks.add(child("residual" + (blocks.size() + 1), block));
        }
    }

    /**
     * @param x [K or 1, B, C, H, W] or flat [K or 1, B, C * H * W]
     * @return the coarsest feature map, [K or 1, B, C', H', W']
     */
    @Override
    public NDArray features(Pass pass, NDArray x, Condition condition) {
        appliedTo(pass, condition, x);
        requireImages(x.getShape().slice(2));
        NDArray images = x.reshape(x.getShape().slice(0, 2).addAll(image));
        NDArray maps = convolutions.get(0).apply(pass, condition.join(images, 3));
        for (Convolution convolution : convolutions.subList(1, convolutions.size())) {
            maps = convolution.apply(pass, pyramid.activation().consume(maps));
        }
        for (ResidualBlock block : blocks) {
            maps = block.apply(pass, maps);
        }
        return pyramid.activation().consume(maps);
    }

    private void requireImages(Shape event) {
        if (event.size() != image.size()) {
            throw new IllegalArgumentException("the data have events of shape " + event
                    + " and the convolutional encoder reads images of shape " + image
                    + "; expected as many elements: give it the shape of your images, [C, H, W]");
        }
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        List<String> lines = new ArrayList<>(
                List.of("x = x.reshape(-1, %d, %d, %d)".formatted(image.get(0), image.get(1), image.get(2))));
        lines.addAll(inputs.joinedToMaps());
        lines.add("x = self.conv1(x)");
        for (int i = 2; i <= convolutions.size(); i++) {
            lines.add("x = self.conv" + i + "(" + pyramid.activation().pyTorch("x") + ")");
        }
        for (int i = 1; i <= blocks.size(); i++) {
            lines.add("x = self.residual" + i + "(x)");
        }
        lines.add("return " + pyramid.activation().pyTorch("x"));
        return PyTorchCode.forward(inputs.with("x"), lines);
    }
}
