package io.vae4j.core.distribution;

/** The values of each element that a density accepts, and that a data set promises. */
public enum Support {
    /** 0 or 1. */
    BINARY,
    /** The closed interval from 0 to 1: grey levels. */
    UNIT_INTERVAL,
    /** Any real number. */
    REAL;

    /** Whether every value of {@code data} is in this support. */
    public boolean covers(Support data) {
        return this == REAL || this == data || (this == UNIT_INTERVAL && data == BINARY);
    }
}
