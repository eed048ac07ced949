package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.report.Histogram;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The gradients of an epoch's last step, which are logged before that step is kept: who goes on from it does not take
 * it again.
 */
final class LastGradients implements WithinEpoch {

    private final WithinEpoch kept;
    private final TensorBoardLog log;
    private final long step;
    private final int stepsPerEpoch;
    private final Map<String, Optional<Histogram>> gradients = new TreeMap<>();

    /**
     * @param kept what is asked for besides
     * @param step at the end of the epoch
     */
    LastGradients(WithinEpoch kept, TensorBoardLog log, long step, int stepsPerEpoch) {
        this.kept = kept;
        this.log = log;
        this.step = step;
        this.stepsPerEpoch = stepsPerEpoch;
    }

    /** Notes them by the names of their parameters; the arrays are gone with their batch. */
    void of(Map<String, NDArray> last) {
        last.forEach((name, gradient) -> gradients.put(name, Histogram.of(gradient.toFloatArray())));
    }

    @Override
    public int restore(MetricAccumulator sums, NDManager scratch) {
        return kept.restore(sums, scratch);
    }

    @Override
    public void stepped(int done, MetricAccumulator sums) throws IOException {
        if (done == stepsPerEpoch) {
            log.gradients(step, gradients);
        }
        kept.stepped(done, sums);
    }

    @Override
    public void stopping(int done, MetricAccumulator sums) throws IOException {
        kept.stopping(done, sums);
    }
}
