package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A reader of event files that shares no code with the writer: the checksum is computed bit by bit. */
public final class EventRecords {

    private EventRecords() {}

    /** The events of a file, by the numbers of their fields. */
    public static List<Map<Integer, Object>> records(Path file) throws IOException {
        return messages(file).stream().map(EventRecords::fields).toList();
    }

    /** The events of a file as they were serialized. */
    static List<byte[]> messages(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> messages = new ArrayList<>();
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
            messages.add(data);
        }
        return messages;
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
        Map<Integer, Object> fields = new TreeMap<>();
        each(message, fields::put);
        return fields;
    }

    /** The messages in a repeated field of another message. */
    public static List<Map<Integer, Object>> repeated(byte[] message, int field) {
        List<Map<Integer, Object>> all = new ArrayList<>();
        each(message, (number, value) -> {
            if (number == field) {
                all.add(fields((byte[]) value));
            }
        });
        return all;
    }

    /** The numbers of a repeated double field, packed. */
    public static List<Double> doubles(Map<Integer, Object> fields, int field) {
        ByteBuffer in = ByteBuffer.wrap((byte[]) fields.getOrDefault(field, new byte[0]))
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Double> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(in.getDouble());
        }
        return values;
    }

    private static void each(byte[] message, BiConsumer<Integer, Object> field) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getDouble();
                case 5 -> in.getFloat();
                default -> bytes(in);
            };
            field.accept((int) (tag >>> 3), value);
        }
    }

    static byte[] bytes(ByteBuffer in) {
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

    /** The value of a summary in an event. */
    public static Map<Integer, Object> value(Map<Integer, Object> event) {
        return message(message(event, 5), 1);
    }

    /** A message in a field. */
    public static Map<Integer, Object> message(Map<Integer, Object> fields, int field) {
        assertThat(fields).containsKey(field);
        return fields((byte[]) fields.getOrDefault(field, new byte[0]));
    }

    /** A text in a field. */
    public static String text(Map<Integer, Object> fields, int field) {
        return new String((byte[]) fields.getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }
}
