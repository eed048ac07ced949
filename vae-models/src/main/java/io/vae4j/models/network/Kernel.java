package io.vae4j.models.network;

/**
 * The window of a convolution, square and the same along both image axes.
 *
 * @param size the side of the window, at least 1
 * @param stride the step from one window to the next, at least 1
 * @param padding the zeros added at each border, 0 or more
 */
public record Kernel(int size, int stride, int padding) {

    public Kernel {
        if (size < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException("the kernel has size " + size + ", stride " + stride + " and padding "
                    + padding + "; expected size >= 1, stride >= 1 and padding >= 0");
        }
    }

    /** Keeps the size of the image; {@code size} must be odd. */
    public static Kernel same(int size) {
        if (size % 2 == 0) {
            throw new IllegalArgumentException("a kernel of size " + size + " cannot keep the image's size; choose an"
                    + " odd one, such as " + (size + 1));
        }
        return new Kernel(size, 1, size / 2);
    }

    /** Halves the image, rounding up: 28, 14, 7, 4. */
    public static Kernel halving() {
        return new Kernel(3, 2, 1);
    }

    /** The number of its entries. */
    long area() {
        return (long) size * size;
    }

    /** How many windows fit along an axis of a given length. */
    long steps(long length) {
        long free = length + 2L * padding - size;
        if (free < 0) {
            throw new IllegalArgumentException("an image axis of length " + length + " with padding " + padding
                    + " is shorter than the kernel's " + size + "; use fewer strided convolutions or a smaller kernel");
        }
        return free / stride + 1;
    }
}
