package io.vae4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataLinesTest {

    /** As scikit-learn's digits are, from 0 to 16. */
    @Test
    void bytesFarFromWhiteAreToldWhatBecomesOfThem() {
        assertThat(bytes(3, 16).dark())
                .hasValue("no byte of the first 2 examples is above 16, and bytes are divided by 255: if 16 stands for"
                        + " white, scale them to 255 first");
    }

    @Test
    void bytesThatReachWhiteAndBlackOnesAreNot() {
        assertThat(bytes(0, 255).dark()).isEmpty();
        assertThat(bytes(0, 200).dark()).isEmpty();
        assertThat(bytes(0, 0).dark()).isEmpty();
    }

    @Test
    void numbersAreTakenAsTheyAre() {
        assertThat(of(Values.ofFloats(FloatBuffer.wrap(new float[] {0, 0.1f}), 2, new Shape(1)))
                        .dark())
                .isEmpty();
    }

    @Test
    void oneIsNotSeveral() {
        assertThat(of(Values.ofBytes(ByteBuffer.wrap(new byte[] {7}), 1, new Shape(1)))
                        .summary())
                .isEqualTo("some: 1 example to train on and 1 to test on, of shape (1), values: byte levels");
    }

    private static DataLines bytes(int... levels) {
        ByteBuffer bytes = ByteBuffer.allocate(levels.length);
        for (int level : levels) {
            bytes.put((byte) level);
        }
        return of(Values.ofBytes(bytes.flip(), levels.length, new Shape(1)));
    }

    private static DataLines of(Values values) {
        Examples examples = new Examples(values);
        return new DataLines(new ArrayDataset("some", examples, examples, new Provenance("test", Map.of())));
    }
}
