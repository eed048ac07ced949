package io.vae4j.core.training;

import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;

/**
 * A training step that the optimizer has taken.
 *
 * @param pass that of the step; its noise is the only source of randomness
 * @param terms what the model said about the batch
 * @param index the number of steps taken before it, 0 for the first
 * @param optimizer what took the step, whose memory of a parameter is void where a part of it starts anew
 */
public record CompletedStep(Pass pass, BoundTerms terms, long index, OptimizerState optimizer) {}
