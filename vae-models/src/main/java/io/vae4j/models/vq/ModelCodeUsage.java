package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import io.vae4j.core.model.StochasticLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a model's codes are used over a whole pass of the data, be it one set of codes or one for each layer. */
public final class ModelCodeUsage implements AutoCloseable {

    private final Map<Codes, CodeUsage> usages = new LinkedHashMap<>();

    private ModelCodeUsage(NDManager parent, List<Codes> all) {
        all.forEach(codes -> usages.put(codes, new CodeUsage(parent, codes.count())));
    }

    /** For a model that has codes. */
    public static Optional<ModelCodeUsage> of(NDManager parent, Block model) {
        List<Codes> all = Codes.in(model);
        return all.isEmpty() ? Optional.empty() : Optional.of(new ModelCodeUsage(parent, all));
    }

    /** Counts the codes of a layer, if it has any. */
    public void add(StochasticLayer layer) {
        if (layer.inference().posterior() instanceof CodePosterior chosen) {
            of(chosen).add(chosen.indices());
        }
    }

    /**
     * Counts those of the first examples alone.
     *
     * @param examples how many of the batch's
     */
    public void add(StochasticLayer layer, int examples) {
        if (layer.inference().posterior() instanceof CodePosterior chosen) {
            NDArray first = chosen.indices().get(new NDIndex(":, :{}", examples));
            of(chosen).add(first);
        }
    }

    private CodeUsage of(CodePosterior chosen) {
        CodeUsage usage = usages.get(chosen.codes());
        if (usage == null) {
            throw new IllegalArgumentException("a layer chose from codes that are not the model's; count those of the"
                    + " model that this was made for");
        }
        return usage;
    }

    /** The counts of each set of codes where they are, INT64: what is written into them has been counted. */
    public List<NDArray> state() {
        return usages.values().stream().map(CodeUsage::state).toList();
    }

    /** The share of all codes that were used at all, in [0, 1]. */
    public double share() {
        double used = usages.entrySet().stream()
                .mapToDouble(
                        each -> each.getValue().share() * (double) each.getKey().count())
                .sum();
        return used
                / usages.keySet().stream()
                        .mapToDouble(codes -> (double) codes.count())
                        .sum();
    }

    /** exp of the entropy of the codes' use, {@link CodeUsage#perplexity}; of several layers, the geometric mean. */
    public double perplexity() {
        double entropy = usages.values().stream()
                .mapToDouble(usage -> Math.log(usage.perplexity()))
                .average()
                .orElseThrow();
        return Math.exp(entropy);
    }

    @Override
    public void close() {
        usages.values().forEach(CodeUsage::close);
    }
}
