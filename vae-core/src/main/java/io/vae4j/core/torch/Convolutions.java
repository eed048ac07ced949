package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Convolutions over two image axes, in the layout that the device's kernels work in. The first argument owns the
 * result.
 */
public final class Convolutions {

    private static final Map<Sliding, TorchFunction> CONVOLUTIONS = new ConcurrentHashMap<>();

    private Convolutions() {}

    /**
     * The cross-correlation over two image axes.
     *
     * @param input [N, in, H, W]
     * @param weight [out, in, h, w], as in torch
     * @param bias [out]
     * @param stride at least 1
     * @param padding zeros at each border, 0 or more
     * @return [N, out, H', W'] with {@code H' = floor((H + 2 padding - h) / stride) + 1}
     */
    public static NDArray convolve(NDArray input, NDArray weight, NDArray bias, int stride, int padding) {
        String rest = "[%1$d, %1$d], [%2$d, %2$d], [1, 1], 1".formatted(stride, padding);
        return CONVOLUTIONS
                .computeIfAbsent(new Sliding("conv2d", rest, Layout.of(input)), Sliding::function)
                .apply(input, weight, bias);
    }

    /**
     * The transposed convolution, which DJL's PyTorch engine does not implement.
     *
     * @param input [N, in, H, W]
     * @param weight [in, out, h, w], as in torch
     * @param bias [out]
     * @return [N, out, (H - 1) stride - 2 padding + h + outputPadding, likewise for W]
     */
    public static NDArray transposed(NDArray input, NDArray weight, NDArray bias, Upsampling upsampling) {
        return CONVOLUTIONS
                .computeIfAbsent(
                        new Sliding("conv_transpose2d", upsampling.arguments(), Layout.of(input)), Sliding::function)
                .apply(input, weight, bias);
    }

    /** One of torch's convolutions with all that is not a tensor. */
    private record Sliding(String name, String arguments, Layout layout) {

        TorchFunction function() {
            return TorchFunction.of("x, w, b", "torch." + name + "(" + layout.input + ", w, b, " + arguments + ")");
        }
    }

    /** In which order an image lies in memory; layers that follow keep it. */
    private enum Layout {
        /** What the CPU's kernels work in: any other order is converted on the way in and out of each of them. */
        CHANNELS_LAST("torch.contiguous(x, memory_format=2)"),
        /** What cuDNN prefers in float32. */
        AS_IT_IS("x");

        private final String input;

        Layout(String input) {
            this.input = input;
        }

        static Layout of(NDArray x) {
            return x.getDevice().isGpu() ? AS_IT_IS : CHANNELS_LAST;
        }
    }

    /**
     * How a transposed convolution enlarges both image axes.
     *
     * @param stride the factor of enlargement, at least 1
     * @param padding what is cut off at each border, 0 or more
     * @param outputPadding what is added at the lower and right border, 0 or more and less than the stride
     */
    public record Upsampling(int stride, int padding, int outputPadding) {

        public Upsampling {
            if (stride < 1 || padding < 0 || outputPadding < 0 || outputPadding >= stride) {
                throw new IllegalArgumentException("stride is " + stride + ", padding " + padding
                        + " and output padding " + outputPadding
                        + "; expected stride >= 1, padding >= 0 and 0 <= output padding < stride");
            }
        }

        private String arguments() {
            return "[%1$d, %1$d], [%2$d, %2$d], [%3$d, %3$d], 1, [1, 1]".formatted(stride, padding, outputPadding);
        }
    }
}
