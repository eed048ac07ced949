package io.vae4j.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExamplesTest {

    private static final Provenance NOWHERE = new Provenance("test", Map.of());

    @Test
    void acceptsEventsOfAnyShape() {
        assertThat(bytes(2, 1, 2, 3).count()).isEqualTo(2);
        assertThat(bytes(4, 3).event()).isEqualTo(new Shape(3));
    }

    @Test
    void refusesElementsThatDoNotFillTheExamples() {
        assertThatThrownBy(() -> Values.ofBytes(ByteBuffer.allocate(11), 2, new Shape(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 elements are not 2 examples");
    }

    @Test
    void isNotFooledBySizesWhoseProductOverflows() {
        assertThatThrownBy(() -> Values.ofBytes(ByteBuffer.allocate(0), 1 << 16, new Shape(1 << 8, 1 << 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 elements");
    }

    @Test
    void refusesAnotherNumberOfLabels() {
        assertThatThrownBy(() -> new Examples(bytes(2, 6), Labels.numbered(10, 0, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 labels for 2 examples");
    }

    @Test
    void refusesALabelThatIsNoClassAndMoreClassesThanMakeSense() {
        assertThatThrownBy(() -> Labels.numbered(10, 9, 200))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the label of example 1 is 200, not from 0 to 9");
        assertThatThrownBy(() -> Labels.numbered(1001, 0)).hasMessageContaining("1001 classes");
    }

    @Test
    void refusesNoExamplesAtAll() {
        assertThatThrownBy(() -> Values.ofBytes(ByteBuffer.allocate(0), 0, new Shape(28, 28)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }

    @Test
    void refusesWhatIsNoNumberAndNamesItsPlace() {
        assertThatThrownBy(() -> floats(1, 2, 3, Float.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("element 1 of example 1 is NaN");
    }

    @Test
    void knowsWhichValuesTheElementsTake() {
        assertThat(bytes(1, 4).support()).isEqualTo(Support.BYTE_LEVELS);
        assertThat(floats(0, 1, 1, 0).support()).isEqualTo(Support.BINARY);
        assertThat(floats(0, 1, 0.5f, 0).support()).isEqualTo(Support.UNIT_INTERVAL);
        assertThat(floats(0, 1, 0.5f, -3).support()).isEqualTo(Support.REAL);
    }

    @Test
    void bitsAreBytesOfWhichEachIsBlackOrWhite() {
        byte[] pixels = {0, (byte) 255, (byte) 255, 0};
        Values bits = Values.ofBits(ByteBuffer.wrap(pixels), 2, new Shape(2));

        assertThat(bits.support()).isEqualTo(Support.BINARY);
        assertThat(bits.type()).isEqualTo(DataType.UINT8);
        assertThat(bits.mean()).containsExactly(0.5f, 0.5f);
        assertThatThrownBy(() -> Values.ofBits(ByteBuffer.wrap(new byte[] {0, (byte) 254}), 1, new Shape(2)))
                .hasMessageContaining("byte 1 is 254, neither 0 nor 255");
    }

    @Test
    void theMeanIsThatOfTheValuesAsTheModelSeesThem() {
        assertThat(Values.ofBytes(ByteBuffer.wrap(new byte[] {0, (byte) 255, 51, (byte) 255}), 2, new Shape(2))
                        .mean())
                .containsExactly(0.1f, 1);
        assertThat(floats(1, 2, 3, 6).mean()).containsExactly(2, 4);
    }

    @Test
    void aSelectionHasTheChosenExamplesWithTheirLabels() {
        Examples all = new Examples(floats(1, 2, 3, 4, 5, 6), Labels.numbered(3, 0, 1, 2));
        Examples some = all.select(2, 0);

        assertThat(some.values().mean()).containsExactly(3, 4);
        assertThat(((Labels.Classes) some.labels()).of()).containsExactly(2, 0);
    }

    @Test
    void refusesToPairSplitsOfDifferentShapesOrClasses() {
        Examples tall = new Examples(bytes(1, 1, 2, 1));
        Examples wide = new Examples(bytes(1, 1, 1, 2));
        Examples named = new Examples(bytes(1, 1, 2, 1), new Labels.Classes(List.of("a", "b"), new int[] {1}));

        assertThatThrownBy(() -> new ArrayDataset("X", tall, wide, NOWHERE))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("test split")
                .hasMessageContaining("(1, 2, 1)");
        assertThatThrownBy(() -> new ArrayDataset("X", tall, named, NOWHERE)).hasMessageContaining("different classes");
    }

    @Test
    void refusesSplitsWhoseValuesAreStoredOtherwise() {
        Examples asBytes = new Examples(bytes(2, 2));
        Examples asFloats = new Examples(floats(0, 255, 17, 3));

        for (Examples[] pair : new Examples[][] {{asBytes, asFloats}, {asFloats, asBytes}}) {
            assertThatThrownBy(() -> new ArrayDataset("X", pair[0], pair[1], NOWHERE))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("the test split is stored as")
                    .hasMessageContaining("byte / 255")
                    .hasMessageContaining("(X); store both as uint8");
        }
        assertThatThrownBy(() -> new ArrayDataset("X", asBytes, Optional.of(asFloats), asBytes, NOWHERE))
                .hasMessageContaining("the validation split is stored as");
    }

    @Test
    void theSupportIsThatOfAllSplitsTogether() {
        Examples levels = new Examples(floats(0, 0.5f, 1, 0));
        Examples bits = new Examples(floats(0, 1, 1, 0));
        Examples beyond = new Examples(floats(0, 1.3f, 1, 0));

        assertThat(support(bits, bits, bits)).isEqualTo(Support.BINARY);
        assertThat(support(levels, bits, bits)).isEqualTo(Support.UNIT_INTERVAL);
        assertThat(support(bits, bits, levels)).isEqualTo(Support.UNIT_INTERVAL);
        assertThat(support(bits, beyond, levels)).isEqualTo(Support.REAL);
    }

    private static Support support(Examples train, Examples validation, Examples test) {
        return new ArrayDataset("X", train, Optional.of(validation), test, NOWHERE)
                .summary()
                .support();
    }

    @Test
    void refusesSplitsOfDifferentFactors() {
        Labels.Factor size = new Labels.Factor("size", 2);
        Examples none = new Examples(floats(0, 1));
        Examples made = new Examples(floats(0, 1), new Labels.Factors(List.of(size), new int[][] {{1}}));
        Examples classes = new Examples(floats(0, 1), Labels.numbered(2, 1));

        assertThatThrownBy(() -> new ArrayDataset("X", made, none, NOWHERE)).hasMessageContaining("different factors");
        assertThatThrownBy(() -> new ArrayDataset("X", none, made, NOWHERE)).hasMessageContaining("different factors");
        assertThatThrownBy(() -> new ArrayDataset("X", made, classes, NOWHERE))
                .hasMessageContaining("different classes");
        assertThat(new ArrayDataset("X", made, made, NOWHERE).train()).isEqualTo(made);
    }

    @Test
    void whatIsSetAsideForTheTestIsAlwaysTheSameAndMissesNothing() {
        Examples all = new Examples(
                Values.ofFloats(FloatBuffer.wrap(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}), 10, new Shape(1)),
                Labels.numbered(10, IntStream.range(0, 10).toArray()));
        TestShare.Parts parts = TestShare.split(all, 0.3);
        int[] train = ((Labels.Classes) parts.train().labels()).of();
        int[] test = ((Labels.Classes) parts.test().labels()).of();

        assertThat(test).hasSize(3).isSorted();
        assertThat(IntStream.concat(IntStream.of(train), IntStream.of(test)).sorted())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(((Labels.Classes) TestShare.split(all, 0.3).test().labels()).of())
                .isEqualTo(test);
        assertThatThrownBy(() -> TestShare.split(all.select(0), 0.1)).hasMessageContaining("too few");
    }

    @Test
    void factorsAreCheckedAgainstTheirNumberOfValues() {
        List<Labels.Factor> factors = List.of(new Labels.Factor("shape", 3), new Labels.Factor("size", 2));

        assertThat(new Labels.Factors(factors, new int[][] {{2, 1}, {0, 0}}).count())
                .hasValue(2);
        assertThatThrownBy(() -> new Labels.Factors(factors, new int[][] {{2, 2}}))
                .hasMessageContaining("factors of example 0");
    }

    @Test
    void theChecksumsOfContentAreThoseOfValuesAndLabels() throws NoSuchAlgorithmException {
        Values values = Values.ofBits(ByteBuffer.wrap(new byte[] {0, (byte) 255}), 2, new Shape(1));
        Examples labeled = new Examples(values, Labels.numbered(2, 1, 0));
        Examples others = new Examples(values, Labels.numbered(2, 1, 1));
        byte[] content = {0, (byte) 255, 0, 0, 0, 1, 0, 0, 0, 0};
        String expected =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));

        Provenance provenance = Provenance.ofContent("made", labeled, others);

        assertThat(provenance.sha256()).containsEntry("train", expected).containsOnlyKeys("train", "test");
        assertThat(provenance.sha256().get("test")).isNotEqualTo(expected);
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

    private static Values bytes(int count, long... event) {
        Shape shape = new Shape(event);
        return Values.ofBytes(ByteBuffer.allocate(count * (int) shape.size()), count, shape);
    }

    /** Vectors of two. */
    private static Values floats(float... numbers) {
        return Values.ofFloats(FloatBuffer.wrap(numbers), numbers.length / 2, new Shape(2));
    }
}
