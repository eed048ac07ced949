package io.vae4j.models.hierarchical;

import ai.djl.ndarray.NDArray;

/** What a layer reads of the layers above it. */
public enum TopDownPath {
    /**
     * The latents of the layer above and nothing else: a Markov chain, {@code p(h_l|h_{l+1})} and {@code p(x|h_1)}.
     * Sønderby et al. 2016, eq. 1, https://arxiv.org/abs/1602.02282
     */
    LATENTS {
        @Override
        NDArray read(NDArray latent, NDArray features) {
            return latent;
        }
    },
    /**
     * The latents of the layer above beside the features that they were predicted from: {@code p(h_l|h_{l+1}, ...,
     * h_L)} and {@code p(x|h_1, ..., h_L)}, so that what an upper layer knows needs no copy in those below. Kingma et
     * al. 2016, appendix C.3, https://arxiv.org/abs/1606.04934; Vahdat and Kautz 2020, figure 2,
     * https://arxiv.org/abs/2007.03898
     */
    LATENTS_AND_FEATURES {
        @Override
        NDArray read(NDArray latent, NDArray features) {
            return SideBySide.of(features, latent);
        }
    };

    /**
     * What the layer below, or the decoder, reads.
     *
     * @param latent h_l, [K, B, ...Z]
     * @param features t_l, [K or 1, B or 1, ...F]
     */
    abstract NDArray read(NDArray latent, NDArray features);
}
