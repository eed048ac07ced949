package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.HostCopy;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;
import java.util.Arrays;

/**
 * How a codebook is used over a whole pass of the data. The mean over batches of a batch's perplexity depends on their
 * size, so counts are what is added up. Counts stay on the device until they are asked for.
 */
public final class CodeUsage implements AutoCloseable {

    private static final TorchFunction COUNTED = TorchFunction.ofBody("codes, counts", """
            flat = torch.reshape(codes, [-1])
            return torch.scatter_add(counts, 0, flat, torch.ones_like(flat))""");

    private final NDManager owner;
    private final NDArray counts;

    /** @param codes N, the size of the codebook */
    public CodeUsage(NDManager parent, long codes) {
        owner = parent.newSubManager();
        counts = owner.zeros(new Shape(codes), DataType.INT64);
    }

    /** Counts the codes of a batch, of any shape, INT64. */
    public void add(NDArray codes) {
        try (NDArray sum = COUNTED.apply(codes, counts)) {
            Aten.overwrite(counts, sum);
        }
    }

    /** The counts where they are, [N], INT64: what is written into them has been counted. */
    NDArray state() {
        return counts;
    }

    /** How often each code was used, [N]. */
    public long[] counts() {
        return HostCopy.read(counts, NDArray::toLongArray);
    }

    /** The share of codes that were used at all, in [0, 1]. */
    public double share() {
        long[] uses = counts();
        return (double) Arrays.stream(uses).filter(n -> n > 0).count() / (double) uses.length;
    }

    /**
     * {@code exp(-sum_j p_j log p_j)} of the shares p of all uses, from 1 to N.
     *
     * @throws IllegalStateException if nothing was counted
     */
    public double perplexity() {
        long[] uses = counts();
        double total = (double) Arrays.stream(uses).sum();
        if (total == 0) {
            throw new IllegalStateException("no codes were counted; add those of at least one batch");
        }
        double entropy = Arrays.stream(uses)
                .filter(n -> n > 0)
                .mapToDouble(n -> (double) n / total)
                .map(p -> -p * Math.log(p))
                .sum();
        return Math.exp(entropy);
    }

    @Override
    public void close() {
        owner.close();
    }
}
