package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.vae4j.core.Noise;
import io.vae4j.core.Pass;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.CompletedStep;
import io.vae4j.core.training.OptimizerState;
import io.vae4j.models.vq.CodebookUpdate.ByMovingAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Vector quantization beside k-means: a codebook whose moving averages forget at once (decay 0) and that sees a whole
 * data set in each step takes the steps of Lloyd's algorithm. Van den Oord et al. 2017, appendix A.1,
 * https://arxiv.org/abs/1711.00937
 *
 * @param codebook the inertia after 0, 1, ... steps of the codebook: the sum over the vectors of the squared distance
 *     from the nearest code
 * @param kMeans the same after as many iterations of k-means from the same start
 */
public record LloydComparison(List<Double> codebook, List<Double> kMeans) {

    /** Small enough that smoothing changes nothing that float64 shows. */
    private static final double SMOOTHING = 1e-12;

    public LloydComparison {
        codebook = List.copyOf(codebook);
        kMeans = List.copyOf(kMeans);
    }

    /**
     * Runs both.
     *
     * @param parent owns what is made, which is freed again
     * @param vectors the data set, [M, D]
     * @param start the codes that both start from, [N, D]
     * @param steps 0 or more
     */
    public static LloydComparison of(NDManager parent, double[][] vectors, double[][] start, int steps) {
        try (NDManager owner = parent.newSubManager()) {
            NDArray data = array(owner, vectors);
            NDArray codes = array(owner, start);
            return new LloydComparison(ofCodebook(owner, data, codes, steps), ofKMeans(data, codes, steps));
        }
    }

    private static List<Double> ofCodebook(NDManager owner, NDArray data, NDArray start, int steps) {
        CodebookUpdate forgetful = new ByMovingAverage(0, SMOOTHING);
        Codebook codebook = new Codebook(
                start.getShape().get(0),
                start.getShape().get(1),
                forgetful,
                new CodebookStart.Uniform(),
                new DeadCodeReset.Never());
        codebook.initialize(owner, DataType.FLOAT64, data.getShape());
        Pass pass = Pass.training(new ParameterStore(owner, false), owner, Noise.seeded(0, 0, 0));
        Aten.overwrite(codebook.codes(pass), start);
        BoundTerms none = new BoundTerms(owner.zeros(new Shape(1, 1)), List.of(), Optional.empty());
        List<Double> inertias = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            Assignment assignment = codebook.nearest(pass, data);
            inertias.add(inertia(assignment));
            codebook.learn(new CompletedStep(pass, none, step, OptimizerState.none()), assignment);
        }
        return inertias;
    }

    private static List<Double> ofKMeans(NDArray data, NDArray start, int steps) {
        KMeans kMeans = new KMeans(data, Noise.seeded(0, 0, 0));
        NDArray centers = start;
        List<Double> inertias = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            inertias.add(inertia(Assignment.of(data, centers)));
            centers = kMeans.moved(centers);
        }
        return inertias;
    }

    private static double inertia(Assignment assignment) {
        return assignment.encoded().sub(assignment.nearest()).square().sum().getDouble();
    }

    private static NDArray array(NDManager owner, double[][] rows) {
        try (NDArray made = owner.create(rows)) {
            return made.duplicate();
        }
    }
}
