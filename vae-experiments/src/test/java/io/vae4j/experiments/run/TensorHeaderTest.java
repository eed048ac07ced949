package io.vae4j.experiments.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorHeaderTest {

    /** Twelve bytes of numbers behind each header. */
    private static final int CONTENT = 12;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            byte[] file = TensorFile.encode(Map.of(
                    "weight", manager.ones(new Shape(3, 4)),
                    "bias", manager.ones(new Shape(3), DataType.FLOAT64),
                    "count", manager.create(7L)));

            assertThatCode(() -> TensorHeader.require(file)).doesNotThrowAnyException();
            assertThatThrownBy(() -> TensorHeader.require(Arrays.copyOf(file, file.length - 1)))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}",
                "{'__metadata__':{'format':'pt'},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]},"
                        + "'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}   "
            })
    void headersOfOtherProgramsAreRead(String header) {
        assertThatCode(() -> TensorHeader.require(file(header))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[1, 2]                                                                    | no JSON object",
                "{'a':                                                                     | no JSON",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} {}                | no JSON",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}, 'a':{}}           | no JSON",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}                   | its tensors take 16 bytes, and it has 12",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}                    | its tensors take 8 bytes, and it has 12",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}                   | begins at byte 4",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}          | begins at byte 4; expected 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,12]}}                   | takes 8 bytes by its shape, and 12",
                "{'a':{'dtype':'F32','shape':[-3],'data_offsets':[0,12]}}                  | has -3 in its shape",
                "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,12]}}                 | has 1.5 in its shape",
                "{'a':{'dtype':'F32','shape':3,'data_offsets':[0,12]}}                     | has no shape",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[12,0]}}                   | takes 12 bytes by its shape, and -12",
                "{'a':{'dtype':'F32','shape':[3]}}                                         | in its data_offsets",
                "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,12]}}                    | numbers of type 'F4'",
                "{'a':{'shape':[3],'data_offsets':[0,12]}}                                 | numbers of type ''",
                "{'a':7}                                                                   | in its data_offsets",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,12]}} | a shape that no memory holds",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,99999999999999999999]}} | in its data_offsets"
            })
    void whatDoesNotHoldIsToldInALine(String header, String told) {
        assertThatThrownBy(() -> TensorHeader.require(file(header)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 500})
    void aHeaderLongerThanTheFileIsRefused(long length) {
        byte[] file = file("{}");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);

        assertThatThrownBy(() -> TensorHeader.require(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no safetensors file, or cut off");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void aFileThatHasNoRoomForALengthIsRefused(int bytes) {
        assertThatThrownBy(() -> TensorHeader.require(new byte[bytes]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no safetensors file, or cut off");
    }

    /** Jackson would read it, and DJL, which reads the header after it, would not. */
    @Test
    void aHeaderInAnotherEncodingThanTheFormatsIsRefused() {
        byte[] json = "{}".getBytes(StandardCharsets.UTF_16BE);
        byte[] file = ByteBuffer.allocate(Long.BYTES + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();

        assertThatThrownBy(() -> TensorHeader.require(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no JSON");
    }

    private static byte[] file(String header) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + CONTENT)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}
