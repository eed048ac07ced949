package io.vae4j.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.model.Decoder;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * What is known exactly about {@code p(z) = N(0, I)}, {@code p(x|z) = N(W z + b, Psi)}, by commons-math3 alone.
 *
 * @param weight W, [X, D]
 * @param bias b
 * @param noise Psi, diagonal
 */
record LinearGaussianOracle(RealMatrix weight, RealVector bias, RealMatrix noise) {

    /** Reads W, b and Psi off a float64 decoder by decoding the origin and the unit vectors. */
    static LinearGaussianOracle of(Decoder decoder, Pass pass, int dimensions) {
        NDManager batch = pass.batch();
        NDArray origin = batch.zeros(new Shape(1, 1, dimensions), DataType.FLOAT64);
        NDArray units = batch.eye(dimensions, dimensions, 0, DataType.FLOAT64).expandDims(1);
        DiagonalNormal atOrigin = (DiagonalNormal) decoder.decode(pass, origin, Condition.none());
        RealVector bias = new ArrayRealVector(atOrigin.loc().toDoubleArray());
        NDArray columns = decoder.decode(pass, units, Condition.none()).mean().sub(atOrigin.loc());
        RealMatrix weight = new Array2DRowRealMatrix(bias.getDimension(), dimensions);
        for (int d = 0; d < dimensions; d++) {
            weight.setColumn(d, columns.get(d).toDoubleArray());
        }
        double[] scales = atOrigin.logScale().exp().square().toDoubleArray();
        return new LinearGaussianOracle(weight, bias, MatrixUtils.createRealDiagonalMatrix(scales));
    }

    /** {@code log N(x; b, W W^T + Psi)}. */
    double logMarginal(double[] x) {
        RealMatrix covariance = weight.multiply(weight.transpose()).add(noise);
        return Math.log(new MultivariateNormalDistribution(bias.toArray(), covariance.getData()).density(x));
    }

    /** {@code Lambda = I + W^T Psi^-1 W}, the precision of p(z|x). */
    RealMatrix precision() {
        RealMatrix information = weight.transpose().multiply(inverse(noise)).multiply(weight);
        return MatrixUtils.createRealIdentityMatrix(weight.getColumnDimension()).add(information);
    }

    /** The covariance of p(z|x). */
    RealMatrix covariance() {
        return inverse(precision());
    }

    /** {@code m = Lambda^-1 W^T Psi^-1 (x - b)}, the mean of p(z|x). */
    RealVector mean(double[] x) {
        RealVector residual = inverse(noise).operate(new ArrayRealVector(x).subtract(bias));
        return covariance().operate(weight.transpose().operate(residual));
    }

    /** KL(N(m1, S1) || N(m2, S2)), nats. */
    static double kl(RealVector m1, RealMatrix s1, RealVector m2, RealMatrix s2) {
        RealMatrix precision = inverse(s2);
        RealVector shift = m2.subtract(m1);
        return 0.5
                * (precision.multiply(s1).getTrace()
                        + shift.dotProduct(precision.operate(shift))
                        - shift.getDimension()
                        + logDeterminant(s2)
                        - logDeterminant(s1));
    }

    static double logDeterminant(RealMatrix matrix) {
        return Math.log(new LUDecomposition(matrix).getDeterminant());
    }

    private static RealMatrix inverse(RealMatrix matrix) {
        return new LUDecomposition(matrix).getSolver().getInverse();
    }
}
