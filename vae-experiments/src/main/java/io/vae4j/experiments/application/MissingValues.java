package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.experiments.data.Missing;
import io.vae4j.experiments.inference.Imputation;
import io.vae4j.experiments.inference.ImputationSettings;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.training.TrainedModel;
import java.util.List;
import java.util.Map;

/**
 * What stood where values are missing: {@code imputed} has the means of x_mis given x_obs there, {@code draw} a sample
 * of it, and {@code standard_deviation} how far samples spread, in the data's own units; {@code missing} is 1 where a
 * value was taken for missing. A picture shows examples with gray where they are missing, imputed, drawn, and as they
 * are.
 */
public final class MissingValues implements Question {

    private static final double GRAY = 0.5;

    private final TrainedModel trained;
    private final Missing missing;
    private final ImputationSettings settings;
    private final long seed;
    private final DataUnits units;
    private double accepted;
    private int examples;

    /** @param trained stays the caller's */
    public MissingValues(TrainedModel trained, Missing missing, ImputationSettings settings, long seed) {
        this.trained = trained;
        this.missing = missing;
        this.settings = settings;
        this.seed = seed;
        units = new DataUnits(trained.view().summary());
    }

    @Override
    public List<Column> columns() {
        return List.of(
                units.further("masked", Column.Use.PICTURE),
                units.column("imputed", Column.Use.BOTH),
                units.further("draw", Column.Use.BOTH),
                units.further("standard_deviation", Column.Use.NUMBERS),
                units.further("missing", Column.Use.NUMBERS).of(DataType.UINT8),
                units.further("x", Column.Use.PICTURE));
    }

    @Override
    public Map<String, NDArray> answers(ExampleBatch batch) {
        NDArray lost = lost(batch);
        NDArray observed = Ops.shift(lost.neg(), 1);
        Imputation imputed = trained.impute(
                batch.x(), observed, batch.condition(), settings, Noise.key(seed, batch.from(), 0), batch.progress());
        accepted += imputed.acceptance().get(":" + batch.asked()).sum().getFloat();
        examples += batch.asked();
        NDArray gray = Ops.full(batch.x(), batch.x().getShape(), GRAY);
        return Map.of(
                "masked", units.values(NDArrays.where(lost.toType(DataType.BOOLEAN, true), gray, batch.x())),
                "imputed", units.values(imputed.mean()),
                "draw", units.values(imputed.draw()),
                "standard_deviation", units.deviations(imputed.standardDeviation()),
                "missing", batch.asStored(lost.toType(DataType.UINT8, true)),
                "x", units.values(batch.x()));
    }

    /** 1 where a value of those asked for is missing, in the shape in which the model takes examples. */
    private NDArray lost(ExampleBatch batch) {
        int size = Math.toIntExact(batch.event().size());
        float[] lost = new float[batch.count() * size];
        for (int i = 0; i < batch.asked(); i++) {
            int first = i * size;
            missing.of(batch.from() + i).stream().forEach(element -> lost[first + element] = 1);
        }
        try (NDArray java = batch.owner().create(lost, batch.x().getShape())) {
            return java.duplicate();
        }
    }

    /** The share of proposals that were accepted, from 0 to 1; 1 where nothing is proposed. */
    public double acceptance() {
        return examples == 0 ? 1 : accepted / examples;
    }
}
