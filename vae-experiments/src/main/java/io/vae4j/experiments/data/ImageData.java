package io.vae4j.experiments.data;

/**
 * A data set as experiments use it: two disjoint sets of images of one size, and where they came from.
 *
 * @param name what people call it, such as "MNIST"
 * @param train images to learn from
 * @param test images held out
 * @param provenance where the bytes came from
 */
public record ImageData(String name, ImageSet train, ImageSet test, Provenance provenance) {

    /**
     * Checks that both sets hold images of one size.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ImageData {
        if (train.height() != test.height() || train.width() != test.width()) {
            throw new IllegalArgumentException("%s: images to train on are %d x %d, to test on %d x %d"
                    .formatted(name, train.height(), train.width(), test.height(), test.width()));
        }
    }
}
