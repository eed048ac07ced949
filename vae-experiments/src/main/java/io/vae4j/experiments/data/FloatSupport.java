package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Which values floats take, by a look at each. */
final class FloatSupport {

    private FloatSupport() {}

    /** @throws IllegalArgumentException if one is not finite */
    static Support of(Rows floats) {
        boolean unit = true;
        boolean binary = true;
        ByteBuffer row = ByteBuffer.allocate(floats.width()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < floats.count(); i++) {
            floats.read(i, row.clear());
            FloatBuffer numbers = row.flip().asFloatBuffer();
            for (int j = 0; j < numbers.limit(); j++) {
                float value = numbers.get(j);
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("element " + j + " of example " + i + " is " + value);
                }
                unit &= value >= 0 && value <= 1;
                binary &= value == 0 || value == 1;
            }
        }
        return binary ? Support.BINARY : unit ? Support.UNIT_INTERVAL : Support.REAL;
    }
}
