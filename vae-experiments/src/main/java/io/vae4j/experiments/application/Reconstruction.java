package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.training.TrainedModel;
import java.util.List;
import java.util.Map;

/**
 * {@code mean} of p(x|z) at the center of q(z|x), in the data's own units and shape; a picture shows {@code x}, as the
 * model sees it, above.
 */
public final class Reconstruction implements Question {

    private final TrainedModel trained;
    private final DataUnits units;

    /** @param trained stays the caller's */
    public Reconstruction(TrainedModel trained) {
        this.trained = trained;
        units = new DataUnits(trained.view().summary());
    }

    @Override
    public List<Column> columns() {
        return List.of(units.column("x", Column.Use.PICTURE), units.column("mean", Column.Use.BOTH));
    }

    @Override
    public Map<String, NDArray> answers(ExampleBatch batch) {
        NDArray mean = trained.reconstruct(batch.x(), batch.condition());
        return Map.of("x", units.values(batch.x()), "mean", units.values(mean));
    }
}
