package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.drawing.ImageGrid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L, 250_000_000), ZoneOffset.UTC);

    // Made with the Python package tensorboard 2.21.0: RecordWriter over the serialized messages
    //   Event(wall_time=1700000000.25, file_version="brain.Event:2")
    //   Event(wall_time=1700000000.25, step=469,
    //         summary=Summary(value=[Summary.Value(tag="loss/train", simple_value=163.75)]))
    private static final String GOLDEN =
            "1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9"
                    + "2100000000000000017becf60900001040fc54d94110d5032a130a110a0a6c6f73732f747261696e1500c02343e2a1ad2c";

    @TempDir
    Path folder;

    @Test
    void writesTheBytesThatTensorBoardsOwnWriterWrites() throws IOException {
        EventFile events = EventFile.create(folder, CLOCK);
        try (events) {
            events.scalar(469, "loss/train", 163.75);
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(events.file()))).isEqualTo(GOLDEN);
    }

    @Test
    void nothingWrittenIsLostWhenTheFileIsNeverClosed() throws IOException {
        EventFile events = EventFile.create(folder, CLOCK);
        events.scalar(1, "loss/train", 2);
        int before = records(events.file()).size();
        events.scalar(2, "loss/train", 1);
        assertThat(before).isEqualTo(2);
        assertThat(records(events.file())).hasSize(3);
        events.close();
    }

    @Test
    void everyRecordHoldsWhatWasPutIn() throws IOException {
        ImageGrid grid = ImageGrid.of(new float[] {0, 1, 1, 0}, new Shape(1, 2, 2), 1);
        EventFile events = EventFile.create(folder, CLOCK);
        try (events) {
            events.scalar(0, "verlust/größe", 0);
            events.scalar(5_000_000_000L, "kl/test", Double.NaN);
            events.image(3, "samples", grid);
        }
        List<Map<Integer, Object>> records = records(events.file());
        assertThat(text(records.get(0), 3)).isEqualTo("brain.Event:2");
        assertThat(records).allSatisfy(r -> assertThat(r).containsEntry(1, 1700000000.25));

        Map<Integer, Object> zero = value(records.get(1));
        assertThat(records.get(1)).doesNotContainKey(2);
        assertThat(text(zero, 1)).isEqualTo("verlust/größe");
        assertThat(zero).containsEntry(2, 0f);
        assertThat(records.get(2)).containsEntry(2, 5_000_000_000L);
        assertThat(value(records.get(2))).containsEntry(2, Float.NaN);

        Map<Integer, Object> image = message(value(records.get(3)), 4);
        assertThat(image).containsEntry(1, 4L).containsEntry(2, 4L).containsEntry(3, 1L);
        assertThat((byte[]) image.get(4)).isEqualTo(grid.png());
    }

    @Test
    void aSecondFileInTheSameSecondHasAnotherNameThatTensorBoardAlsoFinds() throws IOException {
        EventFile first = EventFile.create(folder, CLOCK);
        EventFile second = EventFile.create(folder, CLOCK);
        first.close();
        second.close();
        assertThat(second.file()).isNotEqualTo(first.file());
        assertThat(List.of(first.file(), second.file()))
                .allSatisfy(file -> assertThat(file.getFileName().toString())
                        .matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9-]{1,63}(\\.\\d+)?"));
    }

    @Test
    void refusesToWriteAfterItWasClosed() throws IOException {
        EventFile events = EventFile.create(folder, CLOCK);
        events.close();
        events.close();
        assertThatIOException().isThrownBy(() -> events.scalar(1, "loss/train", 1));
    }

    // A reader of its own, sharing no code with the writer: the checksum is computed bit by bit.
    private static List<Map<Integer, Object>> records(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> records = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(in.getInt()).isEqualTo(masked(length));
            byte[] data = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            in.get(data);
            assertThat(in.getInt()).isEqualTo(masked(data));
            records.add(fields(data));
        }
        return records;
    }

    private static int masked(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >>> 1) ^ 0x82F63B78 : crc >>> 1;
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static Map<Integer, Object> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Object> fields = new TreeMap<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getDouble();
                case 5 -> in.getFloat();
                default -> bytes(in);
            };
            fields.put((int) (tag >>> 3), value);
        }
        return fields;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static Map<Integer, Object> value(Map<Integer, Object> event) {
        return message(message(event, 5), 1);
    }

    private static Map<Integer, Object> message(Map<Integer, Object> fields, int field) {
        assertThat(fields).containsKey(field);
        return fields((byte[]) fields.getOrDefault(field, new byte[0]));
    }

    private static String text(Map<Integer, Object> fields, int field) {
        return new String((byte[]) fields.getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }
}
