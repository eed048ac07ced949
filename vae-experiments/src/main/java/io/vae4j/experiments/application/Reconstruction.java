package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.TableForm;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.training.TrainedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code mean} of p(x|z) at the center of q(z|x), in the data's own units and shape, of a table in those of its
 * columns; a picture shows {@code x}, as the model sees it, above.
 */
public final class Reconstruction implements Question {

    private final TrainedModel trained;

    /** @param trained stays the caller's */
    public Reconstruction(TrainedModel trained) {
        this.trained = trained;
    }

    @Override
    public List<Column> columns() {
        Shape event = trained.view().summary().event();
        Column mean = Column.numbers("mean", DataType.FLOAT32, event).with(Column.Use.BOTH);
        return List.of(
                Column.numbers("x", DataType.FLOAT32, event).with(Column.Use.PICTURE),
                table().map(form -> mean.named(form.columns())).orElse(mean));
    }

    @Override
    public Map<String, NDArray> answers(ExampleBatch batch) {
        NDArray mean = batch.asStored(trained.reconstruct(batch.x(), batch.condition()));
        return Map.of(
                "x",
                batch.asStored(batch.x()),
                "mean",
                table().map(form -> form.restored(mean)).orElse(mean));
    }

    private Optional<TableForm> table() {
        return trained.view().summary().table();
    }
}
