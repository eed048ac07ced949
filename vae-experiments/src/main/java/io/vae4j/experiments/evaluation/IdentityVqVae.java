package io.vae4j.experiments.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.DiagonalNormal;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.estimator.PathwiseGradient;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.Decoder;
import io.vae4j.core.model.Encoder;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.FusedAdam;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.experiments.evaluation.Lloyd.Clustering;
import io.vae4j.models.Vae;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.vq.Codebook;
import io.vae4j.models.vq.CodebookStart;
import io.vae4j.models.vq.CodebookUpdate;
import io.vae4j.models.vq.DeadCodeReset;
import io.vae4j.models.vq.UniformCodes;
import io.vae4j.models.vq.VectorQuantizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A VQ-VAE whose networks are the identity, so that its codes alone learn, by averages that forget all but the present
 * batch: with the whole data set as the batch, a step moves each code to the mean of the points that are nearest to it,
 * which is k-means. Van den Oord et al. 2017, appendix A.1, https://arxiv.org/abs/1711.00937
 */
public final class IdentityVqVae {

    /** So small that the smoothing of a code's uses is lost in rounding. */
    private static final double EPSILON = 1e-30;

    private IdentityVqVae() {}

    /**
     * Trains on the whole data set at each step, by the ordinary training step; on the CPU, for it is little work.
     *
     * @param points [N][D]
     * @param start of the codes, [count][D]
     * @return the codes before each step and after the last, with the sum of squared distances by the reconstruction
     */
    public static List<Clustering> course(double[][] points, double[][] start, int steps) {
        int dimensions = points[0].length;
        try (NDManager owner = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            Vae model = model(owner, start.length, dimensions);
            NDArray codes = parameter(model, "posterior.codebook.codes");
            Aten.overwrite(codes, owner.create(flat(start), codes.getShape()));
            NDArray x = owner.create(flat(points), new Shape(points.length, dimensions, 1))
                    .duplicate();
            List<Clustering> course = new ArrayList<>();
            try (TrainingStep step = new TrainingStep(model, new PathwiseGradient(), new FusedAdam.Settings())) {
                for (int i = 0; i <= steps; i++) {
                    course.add(taken(step, x, codes));
                }
            }
            return course;
        }
    }

    /** A step whose learning rate is zero, since the networks are to stay the identity. */
    private static Clustering taken(TrainingStep step, NDArray x, NDArray codes) {
        double[][] before = rows(codes);
        try (NDManager batch = x.getManager().newSubManager()) {
            x.tempAttach(batch);
            BoundTerms terms = step.on(x, Condition.none(), new Elbo(), 0).terms();
            double constant = x.size() * Math.log(2 * Math.PI);
            return new Clustering(before, 2 * terms.reconstruction().sum().getDouble() - constant);
        }
    }

    private static Vae model(NDManager owner, int count, int dimensions) {
        Codebook codebook = new Codebook(
                count,
                dimensions,
                new CodebookUpdate.ByMovingAverage(0, EPSILON),
                new CodebookStart.Uniform(),
                new DeadCodeReset.Never());
        Vae model = new Vae(
                new IdentityEncoder(),
                new VectorQuantizer(codebook, Initialization.FAN_IN_UNIFORM),
                new IdentityDecoder(),
                new UniformCodes(codebook));
        model.initialize(owner, DataType.FLOAT64, new Shape(1, dimensions, 1));
        owner.eye(dimensions, dimensions, 0, DataType.FLOAT64).copyTo(parameter(model, "posterior.projection.weight"));
        NDArray bias = parameter(model, "posterior.projection.bias");
        bias.subi(bias);
        return model;
    }

    private static NDArray parameter(Vae model, String name) {
        return Objects.requireNonNull(ModelState.tensors(model).get(name), name);
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[][] rows(NDArray matrix) {
        double[] flat = matrix.toDoubleArray();
        int width = (int) matrix.getShape().get(1);
        double[][] rows = new double[flat.length / width][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    /** Features that are x itself. */
    private static final class IdentityEncoder extends TypedBlock implements Encoder {

        @Override
        public NDArray features(Pass pass, NDArray x, Condition condition) {
            return x;
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(inputs.head());
        }
    }

    /** {@code p(x|z) = N(z, I)}, whose log density is minus half the squared distance, but for a constant. */
    private static final class IdentityDecoder extends TypedBlock implements Decoder {

        @Override
        public Distribution decode(Pass pass, NDArray z, Condition condition) {
            return new DiagonalNormal(z, Ops.scale(z, 0), 2);
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(inputs.head());
        }
    }
}
