package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import io.vae4j.core.Ops;

/** How the decoder's gradient passes the quantization, which has none. The value downstream is the code in any case. */
public enum QuantizationGradient {
    /** {@code dz = de}: copied as it stands. Van den Oord et al. 2017, section 3.2, https://arxiv.org/abs/1711.00937 */
    STRAIGHT_THROUGH {
        @Override
        NDArray surrogate(NDArray encoded, NDArray code) {
            return encoded;
        }
    },
    /**
     * {@code dz = (|e| / |z|) R^T de}, where R rotates z's direction onto e's in their plane and is held constant.
     * Fifty et al. 2024, section 4, https://arxiv.org/abs/2410.06424
     */
    ROTATION {
        @Override
        NDArray surrogate(NDArray encoded, NDArray code) {
            NDArray constant = encoded.stopGradient();
            NDArray from = direction(constant);
            NDArray to = direction(code);
            NDArray between = direction(from.add(to));
            // R = I - 2 r r^T + 2 to from^T, applied without being built
            NDArray turned = encoded.sub(Ops.scale(along(between, encoded).mul(between), 2))
                    .add(Ops.scale(along(from, encoded).mul(to), 2));
            return turned.mul(length(code).div(length(constant)));
        }
    };

    /** Below it a vector has no direction. */
    private static final double SHORTEST = 1e-6;

    /** A function of the encoder's outputs that is differentiated instead of the quantization, [M, D]. */
    abstract NDArray surrogate(NDArray encoded, NDArray code);

    /**
     * The codes exactly, with the gradient of the surrogate.
     *
     * @param encoded the encoder's outputs, [M, D]
     * @param nearest the codes, [M, D]; no gradient goes to them
     */
    NDArray through(NDArray encoded, NDArray nearest) {
        NDArray code = nearest.stopGradient();
        NDArray surrogate = surrogate(encoded, code);
        return code.add(surrogate.sub(surrogate.stopGradient()));
    }

    private static NDArray direction(NDArray vectors) {
        return vectors.div(length(vectors));
    }

    private static NDArray length(NDArray vectors) {
        NDArray length = vectors.square().sum(new int[] {-1}, true).sqrt();
        return length.maximum(Ops.scalar(length, SHORTEST));
    }

    private static NDArray along(NDArray direction, NDArray vectors) {
        return vectors.mul(direction).sum(new int[] {-1}, true);
    }
}
