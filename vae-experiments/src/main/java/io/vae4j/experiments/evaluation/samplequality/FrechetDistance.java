package io.vae4j.experiments.evaluation.samplequality;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;

/**
 * The Frechet distance between two normal distributions that have the means and covariances of two sets of features,
 * {@code |m1 - m2|^2 + tr(S1 + S2 - 2 (S1^(1/2) S2 S1^(1/2))^(1/2))}. Dowson and Landau 1982,
 * https://doi.org/10.1016/0047-259X(82)90077-X
 *
 * <p>With the features of another network (Inception) it is known as FID (Heusel et al. 2017), with whose values these
 * are not to be compared. It is biased upwards for small sets, so that sets of one size only are to be compared.
 */
final class FrechetDistance {

    /** The trace of the root of S1^(1/2) S2 S1^(1/2); rounding may leave eigenvalues a little below zero. */
    private static final TorchFunction TRACE_OF_ROOT = TorchFunction.ofBody("a, b", """
            values, vectors = torch.linalg_eigh(a)
            scaled = torch.mul(vectors, torch.sqrt(torch.clamp_min(values, 0.)))
            root = torch.matmul(scaled, torch.transpose(vectors, 0, 1))
            product = torch.matmul(torch.matmul(root, b), root)
            return torch.sum(torch.sqrt(torch.clamp_min(torch.linalg_eigvalsh(product), 0.)))""");

    private FrechetDistance() {}

    /**
     * @param a [N, F], at least two
     * @param b [M, F], at least two
     */
    static double between(NDArray a, NDArray b) {
        try (NDManager scratch = a.getManager().newSubManager()) {
            Moments first = Moments.of(scratch, a);
            Moments second = Moments.of(scratch, b);
            NDArray means = first.mean().sub(second.mean()).square().sum();
            NDArray traces =
                    Aten.diagonal(first.covariance().add(second.covariance())).sum();
            NDArray shared = TRACE_OF_ROOT.apply(first.covariance(), second.covariance());
            return means.add(traces).sub(Ops.scale(shared, 2)).getDouble();
        }
    }

    /**
     * Of features, in float64.
     *
     * @param mean [F]
     * @param covariance [F, F]
     */
    private record Moments(NDArray mean, NDArray covariance) {

        static Moments of(NDManager owner, NDArray features) {
            NDArray wide = features.toType(DataType.FLOAT64, true);
            wide.attach(owner);
            NDArray mean = wide.mean(new int[] {0});
            NDArray centered = wide.sub(mean);
            double count = features.getShape().get(0);
            NDArray squares = centered.transpose().matMul(centered);
            return new Moments(mean, Ops.scale(squares, 1 / (count - 1)));
        }
    }
}
