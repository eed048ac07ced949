package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Takes rows in their order. Closing it frees what it holds, whether it finished or not. */
public interface RowWriter extends Closeable {

    /**
     * Appends rows.
     *
     * @param rows by the name of the column, each [n, ...row] of the column's type
     */
    void write(Map<String, NDArray> rows) throws IOException;

    /** Called once, when all rows are there. */
    void finish() throws IOException;
}
