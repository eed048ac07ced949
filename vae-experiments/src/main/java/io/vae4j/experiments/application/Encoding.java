package io.vae4j.experiments.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Memoized;
import io.vae4j.experiments.inference.LayerCode;
import io.vae4j.experiments.output.Column;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.TrainedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The codes of examples: {@code mean} and {@code scale} of q(z|x), or {@code center} where a flow's mean is not known,
 * {@code scale_tril} of a full covariance, and {@code codes} where latents are discrete. Of several layers, each name
 * has the number of the layer behind it, from 1 for the one next to the data.
 */
public final class Encoding implements Question {

    private final TrainedModel trained;
    private final Memoized<List<Column>> columns = Memoized.of(this::ofZeros);

    /** @param trained stays the caller's */
    public Encoding(TrainedModel trained) {
        this.trained = trained;
    }

    private List<Column> ofZeros() {
        try (NDManager scratch = trained.newManager()) {
            Minibatch zeros = trained.view().zeros(scratch);
            return named(trained.codes(zeros.x(), zeros.condition())).entrySet().stream()
                    .map(each -> column(each.getKey(), each.getValue()))
                    .toList();
        }
    }

    private static Column column(String name, NDArray one) {
        return Column.numbers(name, one.getDataType(), one.getShape().slice(1));
    }

    @Override
    public List<Column> columns() {
        return columns.get();
    }

    @Override
    public Map<String, NDArray> answers(ExampleBatch batch) {
        return named(trained.codes(batch.x(), batch.condition()));
    }

    private static Map<String, NDArray> named(List<LayerCode> layers) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerCode layer = layers.get(i);
            String level = layers.size() == 1 ? "" : "_" + (i + 1);
            arrays.put((layer.isMean() ? "mean" : "center") + level, layer.center());
            layer.scale().ifPresent(scale -> arrays.put("scale" + level, scale));
            layer.scaleTril().ifPresent(root -> arrays.put("scale_tril" + level, root));
            layer.codes().ifPresent(codes -> arrays.put("codes" + level, codes));
        }
        return arrays;
    }
}
