package io.vae4j.experiments.report;

import java.util.Locale;

/** A plugin of TensorBoard that finds its data by its name in their metadata. */
enum TensorBoardPlugin {
    TEXT,
    HPARAMS;

    /** Data that are read as a whole, one value a step. */
    private static final int TENSOR = 2;

    /**
     * A value of a summary.
     *
     * @param content what the plugin keeps in the metadata
     * @param tensor the data themselves
     */
    ProtoMessage value(String tag, ProtoMessage content, ProtoMessage tensor) {
        ProtoMessage plugin = new ProtoMessage().text(1, name().toLowerCase(Locale.ROOT));
        byte[] kept = content.toBytes();
        if (kept.length > 0) {
            plugin.bytes(2, kept);
        }
        ProtoMessage metadata = new ProtoMessage().message(1, plugin).number(4, TENSOR);
        // the fields of a summary's value come in the order of their numbers
        return new ProtoMessage().text(1, tag).message(8, tensor).message(9, metadata);
    }
}
