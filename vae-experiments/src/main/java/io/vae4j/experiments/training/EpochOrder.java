package io.vae4j.experiments.training;

import io.vae4j.experiments.training.localsgd.Shard;
import java.util.HashMap;
import java.util.Map;

/**
 * The order of an epoch's examples, with the parts of it that were asked for: each is one array, whoever asks again.
 */
final class EpochOrder {

    private final int epoch;
    private final long[] whole;
    private final Map<Shard, long[]> parts = new HashMap<>();

    EpochOrder(int epoch, long[] whole) {
        this.epoch = epoch;
        this.whole = whole;
    }

    int epoch() {
        return epoch;
    }

    /** That of a shard; nobody may write into it. */
    long[] of(Shard shard) {
        return parts.computeIfAbsent(shard, each -> each.of(whole));
    }
}
