package io.vae4j.core.compiled;

/** Where the results of an expression lie. */
enum Storage {
    /** In new memory, of which each number comes from the same place of the operands. */
    POINTWISE,
    /** In new memory. */
    NEW,
    /** In the first operand's, or in new memory. */
    VIEW,
    /** Wherever it likes, be it in an operand's. */
    ANY
}
