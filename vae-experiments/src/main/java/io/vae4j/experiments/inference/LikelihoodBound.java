package io.vae4j.experiments.inference;

/** Which bound of log p(x) is estimated by K samples of each example. */
public enum LikelihoodBound {
    /** E_q[log w], whose estimate is the mean of K; it has one value whatever K is. Kingma and Welling 2014, eq. 3 */
    ELBO,
    /** E[log (1/K) sum_k w_k], which grows with K towards log p(x). Burda et al. 2016, eq. 8 */
    IWAE
}
