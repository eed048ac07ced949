package io.vae4j.core.compiled;

import java.util.List;

/** What makes values of others. Two that are equal make the same of the same. */
interface Expression {

    /** How many values it makes. */
    default int outputs() {
        return 1;
    }

    /** Where they lie. */
    Storage storage();

    /**
     * TorchScript of it.
     *
     * @param inputs names of the operands
     * @param methods takes up what the code calls
     */
    String code(List<String> inputs, Methods methods);
}
