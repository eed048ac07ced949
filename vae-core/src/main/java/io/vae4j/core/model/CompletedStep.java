package io.vae4j.core.model;

import io.vae4j.core.Pass;

/**
 * A training step whose update is done.
 *
 * @param pass that of the step; its noise is the only source of randomness
 * @param evidence what the model said about the batch
 * @param index the number of steps taken before it, 0 for the first
 * @param optimizer what took the step, whose memory of a parameter is void where a part of it starts anew
 */
public record CompletedStep(Pass pass, Evidence evidence, long index, OptimizerState optimizer) {}
