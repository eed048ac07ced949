/**
 * Files of results: named columns with a row for each example, written as the rows come and put in their place whole or
 * not at all. The ending of the file's name chooses an {@link io.vae4j.experiments.output.OutputFormat}, of which
 * plugins may bring more.
 */
@NullMarked
package io.vae4j.experiments.output;

import org.jspecify.annotations.NullMarked;
