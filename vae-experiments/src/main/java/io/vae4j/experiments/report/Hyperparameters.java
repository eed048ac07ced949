package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.node.ValueNode;
import java.time.Instant;
import java.util.Map;

/**
 * What TensorBoard's HParams tab knows of a run: it lists runs by what they were given, and takes as their metrics all
 * scalars of the same folder. No list of the hyperparameters is written: one folder's would hide the keys that only
 * others have.
 */
final class Hyperparameters {

    private static final int FLOAT = 1;
    private static final int SUCCESS = 1;

    private Hyperparameters() {}

    /** A run began. */
    static ProtoMessage started(Map<String, ValueNode> values, Instant when) {
        ProtoMessage start = new ProtoMessage();
        values.forEach(
                (key, value) -> start.message(1, new ProtoMessage().text(1, key).message(2, written(value))));
        start.float64(5, EventFile.seconds(when));
        return value("_hparams_/session_start_info", new ProtoMessage().message(3, start));
    }

    /** It came to its end. */
    static ProtoMessage completed(Instant when) {
        ProtoMessage end = new ProtoMessage().number(1, SUCCESS).float64(2, EventFile.seconds(when));
        return value("_hparams_/session_end_info", new ProtoMessage().message(4, end));
    }

    private static ProtoMessage value(String tag, ProtoMessage content) {
        ProtoMessage noNumbers =
                new ProtoMessage().number(1, FLOAT).message(2, new ProtoMessage().message(2, new ProtoMessage()));
        return TensorBoardPlugin.HPARAMS.value(tag, content, noNumbers);
    }

    private static ProtoMessage written(ValueNode value) {
        if (value.isNumber()) {
            return new ProtoMessage().float64(2, value.doubleValue());
        }
        return value.isBoolean()
                ? new ProtoMessage().truth(4, value.booleanValue())
                : new ProtoMessage().text(3, value.asText());
    }
}
