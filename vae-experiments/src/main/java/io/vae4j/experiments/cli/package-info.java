/**
 * The command line: {@code vae COMMAND}, one class for each command; {@link io.vae4j.experiments.cli.VaeCommand} lists
 * them.
 *
 * <p>Exit codes: 0 done, 2 the input is wrong (one line on standard error), 1 anything else, {@code 128 + n} on signal
 * n.
 */
@NullMarked
package io.vae4j.experiments.cli;

import org.jspecify.annotations.NullMarked;
