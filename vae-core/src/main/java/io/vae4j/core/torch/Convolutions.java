package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import java.util.List;
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
        String steps = "[%1$d, %1$d], [%2$d, %2$d], [1, 1]".formatted(stride, padding);
        return CONVOLUTIONS
                .computeIfAbsent(
                        new Sliding("conv2d", steps + ", 1", steps + ", False, [0, 0], 1", Layout.of(input)),
                        Sliding::function)
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
                        new Sliding(
                                "conv_transpose2d", upsampling.arguments(), upsampling.geometry(), Layout.of(input)),
                        Sliding::function)
                .apply(input, weight, bias);
    }

    /**
     * One of torch's convolutions with all that is not a tensor.
     *
     * @param geometry the same, as torch's gradient of all convolutions takes it
     */
    private record Sliding(String name, String arguments, String geometry, Layout layout) {

        TorchFunction function() {
            String value = "torch." + name + "(" + layout.input + ", w, b, " + arguments + ")";
            return TorchFunction.of("x, w, b", value)
                    .with(new Derivative(
                            "return [" + value + "]",
                            List.of("y"),
                            Map.of("x, w, b", gradient("True"), "w, b", "(" + gradient("False") + ")[1:]"),
                            Derivative.Memory.NEW));
        }

        /** @param first whether the input's is computed */
        private String gradient(String first) {
            return "torch.convolution_backward(g, " + layout.input + ", w, [torch.size(b, 0)], " + geometry + ", ["
                    + first + ", True, True])";
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

        private String geometry() {
            return "[%1$d, %1$d], [%2$d, %2$d], [1, 1], True, [%3$d, %3$d], 1"
                    .formatted(stride, padding, outputPadding);
        }
    }
}
