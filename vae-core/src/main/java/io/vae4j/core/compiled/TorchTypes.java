package io.vae4j.core.compiled;

import ai.djl.ndarray.types.DataType;

/** torch's numbers for types of elements. */
final class TorchTypes {

    private TorchTypes() {}

    /** As TorchScript writes it. */
    static int code(DataType type) {
        return switch (type) {
            case UINT8 -> 0;
            case INT8 -> 1;
            case INT16 -> 2;
            case INT32 -> 3;
            case INT64 -> 4;
            case FLOAT16 -> 5;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            case BOOLEAN -> 11;
            default -> throw new Untraceable("an array has the type " + type);
        };
    }
}
