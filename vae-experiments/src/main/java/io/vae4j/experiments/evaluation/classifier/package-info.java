/**
 * Whether drawn digits look like digits: a classifier trained on the real ones names them.
 *
 * <p>Its confidence in an image is {@code max_c p(c|x)}; of samples that were asked for, the share that it names as
 * asked is reported.
 */
@NullMarked
package io.vae4j.experiments.evaluation.classifier;

import org.jspecify.annotations.NullMarked;
