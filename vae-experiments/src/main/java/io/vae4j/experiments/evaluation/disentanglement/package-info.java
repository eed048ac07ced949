/**
 * How far each dimension of a representation stands for one of the factors that the data were made from: the scores of
 * the field, each by its paper's definition, with the sizes that disentanglement_lib fixed for its study.
 *
 * <p>What they read is the codes {@code z_n = E_q[z|x_n]} and the factors {@code v_n} of the same examples, [N, D] and
 * [N, F]; Locatello et al. 2019, https://arxiv.org/abs/1811.12359, and
 * https://github.com/google-research/disentanglement_lib at 86a644d.
 */
@NullMarked
package io.vae4j.experiments.evaluation.disentanglement;

import org.jspecify.annotations.NullMarked;
