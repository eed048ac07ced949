package io.vae4j.experiments.recipe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.TorchFunction;

/**
 * Numbers in [0, 1) for every element of every example that are always the same: a hash of the example's index and the
 * element's place, {@code h(h(i) xor h(j + 2^31))}: without the shift, element j of example i would have the number of
 * element i of example j. They need no memory, and none is drawn.
 */
final class FixedUniforms {

    /** Of 32 bits, by two multiplications below 2^31, so that no product leaves 63 bits (C. Wellons' lowbias32). */
    private static final String HASH = """
            %1$s = torch.bitwise_xor(%1$s, torch.bitwise_right_shift(%1$s, 16))
            %1$s = torch.bitwise_and(torch.mul(%1$s, 0x21f0aaad), 0xffffffff)
            %1$s = torch.bitwise_xor(%1$s, torch.bitwise_right_shift(%1$s, 15))
            %1$s = torch.bitwise_and(torch.mul(%1$s, 0x735a2d97), 0xffffffff)
            %1$s = torch.bitwise_xor(%1$s, torch.bitwise_right_shift(%1$s, 15))
            """.replace("0x21f0aaad", "" + 0x21f0aaadL)
            .replace("0x735a2d97", "" + 0x735a2d97L)
            .replace("0xffffffff", "" + 0xffffffffL);

    /** 24 bits of the hash are a float32 without rounding. */
    private static final TorchFunction UNIFORMS = TorchFunction.ofBody(
            "index, levels",
            """
            row = torch.add(torch.unsqueeze(index, 1), 1)
            column = torch.add(torch.cumsum(torch.ones_like(torch.select(levels, 0, 0), dtype=4), 0), 2147483648)
            """ + HASH.formatted("row") + HASH.formatted("column") + """
            cell = torch.bitwise_xor(row, column)
            """ + HASH.formatted("cell") + """
            return torch.div(torch.type_as(torch.bitwise_right_shift(cell, 8), levels), 16777216.)""");

    private FixedUniforms() {}

    /**
     * The numbers of some examples.
     *
     * @param index the examples' places in their split, [B], INT64; it owns the result
     * @param levels says shape and type, [B, ...X]
     */
    static NDArray of(NDArray index, NDArray levels) {
        Shape shape = levels.getShape();
        try (NDArray rows = levels.reshape(shape.get(0), shape.size() / shape.get(0));
                NDArray uniforms = UNIFORMS.apply(index, rows)) {
            return uniforms.reshape(shape);
        }
    }
}
