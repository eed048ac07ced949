/**
 * The device a run computes on: what the user asks for, what the machine offers, the choice, and its libraries.
 *
 * <p>The choice is a pure function of request and facts, {@code choice = decide(request, facts)}; nothing else in the
 * project looks at devices, and the reason travels with the choice into manifest and report.
 */
@NullMarked
package io.vae4j.experiments.device;

import org.jspecify.annotations.NullMarked;
