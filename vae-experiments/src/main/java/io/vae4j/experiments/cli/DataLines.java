package io.vae4j.experiments.cli;

import ai.djl.ndarray.types.DataType;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Values;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** What is said of data when they are loaded. */
record DataLines(Dataset data) {

    /** So many examples tell whether bytes go up to white. */
    private static final int LOOKED_AT = 1000;

    private static final int GRAY = 128;

    /** How many there are, and of what. */
    String summary() {
        int classes = data.summary().classes().size();
        return data.name() + ": " + counted(data.train().count(), "example", "examples") + " to train on"
                + data.validation()
                        .map(held -> ", " + held.count() + " to validate on")
                        .orElse("")
                + " and " + data.test().count() + " to test on, of shape "
                + data.summary().event()
                + (classes == 0 ? "" : ", in " + counted(classes, "class", "classes"))
                + ", values: "
                + data.summary().support().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * That bytes are far from white, which they are divided by, as levels from 0 to 16 are: a model sees near black.
     */
    Optional<String> dark() {
        Values values = data.train().values();
        if (values.type() != DataType.UINT8) {
            return Optional.empty();
        }
        int count = Math.min(LOOKED_AT, data.train().count());
        int largest = largest(values, count);
        return largest == 0 || largest >= GRAY
                ? Optional.empty()
                : Optional.of("no byte of the first " + counted(count, "example", "examples") + " is above " + largest
                        + ", and bytes are divided by 255: if " + largest
                        + " stands for white, scale them to 255 first");
    }

    private static int largest(Values values, int count) {
        ByteBuffer row = ByteBuffer.allocate(values.exampleBytes());
        int largest = 0;
        for (int i = 0; i < count; i++) {
            values.read(i, row.clear());
            for (byte each : row.array()) {
                largest = Math.max(largest, Byte.toUnsignedInt(each));
            }
        }
        return largest;
    }

    private static String counted(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
