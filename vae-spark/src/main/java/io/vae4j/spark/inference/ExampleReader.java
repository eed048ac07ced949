package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;

/** Reads the example that a row holds. */
interface ExampleReader extends Serializable {

    /** How its elements are kept. */
    Storage storage();

    /** Where it stands, for messages: {@code column pixels}. */
    String where();

    /**
     * Appends the elements of a row's example to a buffer, in this machine's byte order.
     *
     * @throws InvalidInput if the row holds none, or another one than the model takes
     */
    void read(Row row, ByteBuffer into);
}
