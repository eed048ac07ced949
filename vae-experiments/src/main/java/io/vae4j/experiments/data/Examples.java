package io.vae4j.experiments.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The examples of one split.
 *
 * @param values the events
 * @param labels what is known of each, for as many examples
 */
public record Examples(Values values, Labels labels) {

    /** @throws IllegalArgumentException if there are more labels than examples, or fewer */
    public Examples {
        if (labels.count().isPresent() && labels.count().getAsInt() != values.count()) {
            throw new IllegalArgumentException(
                    labels.count().getAsInt() + " labels for " + values.count() + " examples");
        }
    }

    /** Examples of which nothing else is known. */
    public Examples(Values values) {
        this(values, Labels.none());
    }

    /** How many there are. */
    public int count() {
        return values.count();
    }

    /** The SHA-256 of values and labels as they lie in memory, in lower-case hex. */
    String sha256() {
        MessageDigest digest = Sha256.digest();
        ByteBuffer row = ByteBuffer.allocate(values.exampleBytes());
        for (int i = 0; i < count(); i++) {
            values.read(i, row.clear());
            digest.update(row.flip());
        }
        labels.numbers()
                .forEach(number -> digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(number).flip()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Some of them, in this order; they share the memory of these. */
    public Examples select(int... indices) {
        return new Examples(values.select(indices), labels.select(indices));
    }
}
