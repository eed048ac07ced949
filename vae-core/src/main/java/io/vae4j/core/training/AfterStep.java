package io.vae4j.core.training;

import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a model that changes after the optimizer's step as well, outside the gradient collector: a codebook's
 * moving averages or the restart of codes that nobody uses. A composed model passes the call on to its parts.
 */
public interface AfterStep {

    /** Changes state by what the step has seen; in evaluation nothing changes. */
    void afterStep(CompletedStep step);

    /**
     * Why copies of it that have learned apart, each from examples of its own, may not be averaged number by number,
     * and what to do about it; empty where they may.
     */
    default Optional<String> averagingRefusal() {
        return Optional.of(
                getClass().getSimpleName() + " changes after a step, and does not say that copies of it may be"
                        + " averaged; train it by one worker, or let its averagingRefusal() be empty");
    }

    /**
     * Passes the call on to the nearest parts of a block that change after a step, however deep they lie, and to each
     * once: a codebook that two parts share must not forget twice.
     */
    static void passOn(Block whole, CompletedStep step) {
        nearest(whole).distinct().forEach(part -> part.afterStep(step));
    }

    /** Why copies of a block may not be averaged: the first refusal of its parts that change after a step. */
    static Optional<String> averagingRefusal(Block block) {
        return in(block).stream()
                .flatMap(part -> part.averagingRefusal().stream())
                .findFirst();
    }

    /** Calls a block that changes after a step, or, in another one, those parts that do. */
    static void run(Block block, CompletedStep step) {
        in(block).forEach(part -> part.afterStep(step));
    }

    /** The block itself, if it changes after a step, or else the nearest parts of it that do, each once. */
    static List<AfterStep> in(Block block) {
        return block instanceof AfterStep changing
                ? List.of(changing)
                : nearest(block).distinct().toList();
    }

    private static Stream<AfterStep> nearest(Block whole) {
        return whole.getChildren().values().stream()
                .flatMap(part -> part instanceof AfterStep changing ? Stream.of(changing) : nearest(part));
    }
}
