package io.vae4j.core.export;

/** A part of a model does not say what it computes in PyTorch. */
public final class NotExportable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    NotExportable(String part) {
        super("PyTorch code is not known of " + part);
        this.part = part;
    }

    /** Where the part is and what it is, such as {@code posterior (FlowPosterior)}. */
    public String part() {
        return part;
    }
}
