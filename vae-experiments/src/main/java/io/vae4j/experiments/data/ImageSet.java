package io.vae4j.experiments.data;

/**
 * Labelled gray images, as bytes.
 *
 * <p>The arrays are shared, not copied (a training set is 47 MB): nobody writes to them. For the same reason two sets
 * are equal only if they share their arrays.
 *
 * @param pixels gray values 0..255 as unsigned bytes, row-major, shape [count, height, width]
 * @param labels class of each image, 0..9, shape [count]
 * @param count number of images, at least 1
 * @param height rows of an image, at least 1
 * @param width columns of an image, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // Sharing is wanted, see above.
public record ImageSet(byte[] pixels, byte[] labels, int count, int height, int width) {

    /** Number of classes: a label is below it. */
    public static final int CLASSES = 10;

    /**
     * Checks that the sizes agree and that every label names a class.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ImageSet {
        if (count < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "an image set needs positive sizes, not %d x %d x %d".formatted(count, height, width));
        }
        if (pixels.length != (long) count * height * width) {
            throw new IllegalArgumentException(
                    "%d pixels are not %d x %d x %d".formatted(pixels.length, count, height, width));
        }
        if (labels.length != count) {
            throw new IllegalArgumentException("%d labels for %d images".formatted(labels.length, count));
        }
        for (int i = 0; i < count; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= CLASSES) {
                throw new IllegalArgumentException(
                        "label %d of image %d is not in 0..%d".formatted(label, i, CLASSES - 1));
            }
        }
    }

    /** The mean image, each pixel from 0 to 1, [height * width]. */
    public float[] mean() {
        int size = height * width;
        long[] sums = new long[size];
        for (int i = 0; i < pixels.length; i++) {
            sums[i % size] += Byte.toUnsignedInt(pixels[i]);
        }
        float[] mean = new float[size];
        for (int i = 0; i < size; i++) {
            mean[i] = (float) (sums[i] / 255.0 / count);
        }
        return mean;
    }
}
