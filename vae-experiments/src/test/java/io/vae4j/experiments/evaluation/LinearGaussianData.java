package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;

/** Small images of noise, for a model whose log p(x) is known. */
public final class LinearGaussianData {

    /** Of the images. */
    public static final int SIDE = 5;

    private LinearGaussianData() {}

    /** As many images to train on and to test on. */
    public static Dataset noise(int images) {
        byte[] pixels = new byte[images * SIDE * SIDE];
        new Random(1).nextBytes(pixels);
        Examples examples = new Examples(Values.ofBytes(ByteBuffer.wrap(pixels), images, new Shape(1, SIDE, SIDE)));
        return new ArrayDataset("noise", examples, examples, new Provenance("test", Map.of()));
    }
}
