package io.vae4j.core;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Computes without remembering how, as under PyTorch's {@code torch.no_grad()}. In every thread but the one that loaded
 * the engine, DJL would otherwise keep the graph of a mere look at a model in memory.
 */
public final class WithoutGradient {

    private WithoutGradient() {}

    /** Runs what gives nothing back. */
    public static void run(Runnable computation) {
        compute(() -> {
            computation.run();
            return true;
        });
    }

    /** What the computation gives; afterwards the thread's mode is what it was. */
    public static <T> T compute(Supplier<T> computation) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return computation.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
