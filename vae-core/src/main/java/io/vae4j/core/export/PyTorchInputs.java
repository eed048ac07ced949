package io.vae4j.core.export;

/** What the networks of a model are given in PyTorch: families and single layers are given x alone. */
public enum PyTorchInputs {
    /** x, [B, ...X]. */
    EXAMPLES {
        @Override
        public String with(String value) {
            return value;
        }
    },
    /** x, and the condition c, [B, C]. */
    EXAMPLES_AND_CONDITION {
        @Override
        public String with(String value) {
            return value + ", c";
        }
    };

    /** A value with what comes after it, in a call or among parameters: {@code "x"} or {@code "x, c"}. */
    public abstract String with(String value);
}
