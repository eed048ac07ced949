package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.models.family.Head;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolutional network from latents to a feature map of the image's size, down a {@link Pyramid}: a layer from z to
 * the coarsest feature map, residual blocks, and a doubling for each step; a family with a {@link Head.Convolved
 * convolutional head} completes the decoder. The condition joins z. Sizes that halving rounded up are cropped at the
 * lower and right border.
 */
public final class ConvolutionalDecoderNetwork extends NetworkBlock implements PyTorchSource {

    private final Pyramid pyramid;
    private final Shape coarsest;
    private final int latentRank;
    private final Affine stem;
    private final List<ResidualBlock> blocks = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    /** One doubling, cropped to a size. */
    private record Step(Affine doubling, Shape target) {}

    private ConvolutionalDecoderNetwork(
            Shape image, Pyramid pyramid, Upsampling upsampling, int latentRank, Affine stem) {
        this.pyramid = pyramid;
        this.coarsest = pyramid.coarsest(image);
        this.latentRank = latentRank;
        this.stem = child("stem", stem);
        for (ResidualBlock block : pyramid.blocks()) {
            blocks.add(child("residual" + (blocks.size() + 1), block));
        }
        for (int level = pyramid.widths().size() - 1; level >= 0; level--) {
            int finer = Math.max(level - 1, 0);
            Shape size = level == 0 ? image : pyramid.sizes(image).get(finer);
            Affine doubling = upsampling.layer(pyramid.widths().get(finer), pyramid.initialization());
            steps.add(new Step(child("up" + (steps.size() + 1), doubling), size));
        }
    }

    /**
     * For z [D]: a dense layer makes the coarsest feature map.
     *
     * @param image [C, H, W]
     */
    public static ConvolutionalDecoderNetwork fromVector(Shape image, Pyramid pyramid, Upsampling upsampling) {
        Dense stem = new Dense(pyramid.coarsest(image).size(), pyramid.initialization());
        return new ConvolutionalDecoderNetwork(image, pyramid, upsampling, 1, stem);
    }

    /**
     * For z [D, H', W'], a grid of the coarsest feature map's size: a convolution changes its channels.
     *
     * @param image [C, H, W]
     */
    public static ConvolutionalDecoderNetwork fromGrid(Shape image, Pyramid pyramid, Upsampling upsampling) {
        Convolution stem = new Convolution(pyramid.coarsestWidth(), Kernel.same(3), pyramid.initialization());
        return new ConvolutionalDecoderNetwork(image, pyramid, upsampling, 3, stem);
    }

    /**
     * @param z [K, B, D] or [K, B, D, H', W']
     * @return [K, B, C', H, W]
     */
    @Override
    public NDArray features(Pass pass, NDArray z, Condition condition) {
        appliedTo(pass, condition, z);
        requireLatents(z.getShape().slice(2));
        NDArray maps;
        try (NDArray stemmed = stem.apply(pass, condition.join(z, latentRank))) {
            maps = stemmed.reshape(stemmed.getShape().slice(0, 2).addAll(coarsest));
        }
        for (ResidualBlock block : blocks) {
            maps = block.apply(pass, maps);
        }
        for (Step step : steps) {
            maps = cropped(step.doubling().apply(pass, pyramid.activation().consume(maps)), step.target());
        }
        return pyramid.activation().consume(maps);
    }

    private static NDArray cropped(NDArray maps, Shape target) {
        Shape shape = maps.getShape();
        int rank = shape.dimension();
        if (shape.get(rank - 2) == target.get(1) && shape.get(rank - 1) == target.get(2)) {
            return maps;
        }
        return maps.get(new NDIndex("..., :{}, :{}", target.get(1), target.get(2)));
    }

    private void requireLatents(Shape z) {
        boolean fits =
                z.dimension() == latentRank && z.slice(1).equals(coarsest.slice(coarsest.dimension() + 1 - latentRank));
        if (!fits) {
            String expected = latentRank == 1 ? "[D]" : "[D, " + coarsest.get(1) + ", " + coarsest.get(2) + "]";
            throw new IllegalArgumentException("z has events of shape " + z + " and the convolutional decoder reads "
                    + expected + "; use fromVector for vectors, fromGrid for grids of the coarsest feature map's size");
        }
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        List<String> lines = new ArrayList<>(latentRank == 1 ? inputs.joinedToVector() : inputs.joinedToMaps());
        lines.add("x = self.stem(x).reshape(-1, %d, %d, %d)"
                .formatted(coarsest.get(0), coarsest.get(1), coarsest.get(2)));
        for (int i = 1; i <= blocks.size(); i++) {
            lines.add("x = self.residual" + i + "(x)");
        }
        for (int i = 1; i <= steps.size(); i++) {
            String up = "self.up" + i + "(" + pyramid.activation().pyTorch("x") + ")";
            lines.add("x = " + up
                    + crop(
                            i == 1 ? coarsest : steps.get(i - 2).target(),
                            steps.get(i - 1).target()));
        }
        lines.add("return " + pyramid.activation().pyTorch("x"));
        return PyTorchCode.forward(inputs.with("x"), lines);
    }

    /** What is cut off after a doubling, in PyTorch. */
    private static String crop(Shape before, Shape target) {
        boolean fits = 2 * before.get(1) == target.get(1) && 2 * before.get(2) == target.get(2);
        return fits ? "" : "[:, :, :%d, :%d]".formatted(target.get(1), target.get(2));
    }
}
