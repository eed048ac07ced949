package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImageSetTest {

    private static final Provenance NOWHERE = new Provenance("test", Map.of());

    @Test
    void acceptsImagesOfAnySize() {
        ImageSet set = new ImageSet(new byte[12], new byte[] {0, 9}, 2, 2, 3);

        assertThat(set.count()).isEqualTo(2);
    }

    @Test
    void refusesPixelsThatDoNotFillTheImages() {
        assertThatThrownBy(() -> new ImageSet(new byte[11], new byte[2], 2, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("11 pixels are not 2 x 2 x 3");
    }

    @Test
    void isNotFooledBySizesWhoseProductOverflows() {
        assertThatThrownBy(() -> new ImageSet(new byte[0], new byte[0], 1 << 16, 1 << 8, 1 << 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 pixels");
    }

    @Test
    void refusesAnotherNumberOfLabels() {
        assertThatThrownBy(() -> new ImageSet(new byte[12], new byte[3], 2, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 labels for 2 images");
    }

    @Test
    void refusesALabelThatIsNoClass() {
        assertThatThrownBy(() -> new ImageSet(new byte[2], new byte[] {9, (byte) 200}, 2, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label 200 of image 1 is not in 0..9");
    }

    @Test
    void refusesAnEmptySet() {
        assertThatThrownBy(() -> new ImageSet(new byte[0], new byte[0], 0, 28, 28))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive");
    }

    @Test
    void refusesToPairSetsOfDifferentImageSizes() {
        ImageSet tall = new ImageSet(new byte[2], new byte[1], 1, 2, 1);
        ImageSet wide = new ImageSet(new byte[2], new byte[1], 1, 1, 2);

        assertThatThrownBy(() -> new ImageData("X", tall, wide, NOWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 1, to test on 1 x 2");
    }

    @Test
    void provenanceKeepsTheOrderOfTheFilesAndNoHoldOnTheCallersMap() {
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put("z", "1");
        sums.put("a", "2");
        Provenance provenance = new Provenance("test", sums);
        sums.clear();

        assertThat(provenance.sha256().keySet()).containsExactly("z", "a");
    }
}
