/**
 * What a latent variable model is asked once it is trained: codes of examples, bounds of log p(x) with their standard
 * errors, lines between codes, and what is missing given what is not. The answers are arrays; nothing here knows runs
 * or files.
 */
@NullMarked
package io.vae4j.experiments.inference;

import org.jspecify.annotations.NullMarked;
