package io.vae4j.models.network;

/** How a decoder doubles both image axes. */
public enum Upsampling {
    /** A transposed convolution of size 4 and stride 2, whose windows overlap evenly. */
    TRANSPOSED_CONVOLUTION {
        @Override
        Affine layer(long channels, Initialization initialization) {
            return new TransposedConvolution(channels, new Kernel(4, 2, 1), initialization);
        }
    },
    /** Repeated pixels and a convolution. */
    RESIZE_AND_CONVOLVE {
        @Override
        Affine layer(long channels, Initialization initialization) {
            return new ResizeConvolution(channels, initialization);
        }
    };

    /** A layer from [..., in, H, W] to [..., channels, 2 H, 2 W]. */
    abstract Affine layer(long channels, Initialization initialization);
}
