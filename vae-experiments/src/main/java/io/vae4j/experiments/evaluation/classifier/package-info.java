/**
 * Whether samples look like what they should be: a classifier that is trained on the real examples names them.
 *
 * <p>Its confidence in an example is {@code max_c p(c|x)}; of samples that were asked for, the share that it names as
 * asked is reported.
 */
@NullMarked
package io.vae4j.experiments.evaluation.classifier;

import org.jspecify.annotations.NullMarked;
