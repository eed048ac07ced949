package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.models.vq.CodeUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How often one layer of discrete latents takes each of its codes, over examples and positions.
 *
 * @param shares of each code that occurs, by its number
 * @param perplexity the exponential of the shares' entropy: how many codes would give it if all occurred alike
 */
public record CodeFrequencies(Map<Integer, Double> shares, double perplexity) {

    private static final int PORTION = 100;

    public CodeFrequencies {
        shares = Map.copyOf(shares);
    }

    /**
     * Over the first examples.
     *
     * @return one for each layer that has codes, from the data upwards
     */
    public static List<CodeFrequencies> of(Evaluator evaluator, int examples, long seed) {
        List<List<long[]>> layers = new ArrayList<>();
        for (int from = 0; from < examples; from += PORTION) {
            List<long[]> portion = codes(evaluator, from, Math.min(examples, from + PORTION), seed);
            for (int layer = 0; layer < portion.size(); layer++) {
                if (layers.size() == layer) {
                    layers.add(new ArrayList<>());
                }
                layers.get(layer).add(portion.get(layer));
            }
        }
        try (NDManager scratch = evaluator.trained().newManager()) {
            return layers.stream()
                    .map(portions -> counted(
                            scratch,
                            portions.stream().flatMapToLong(LongStream::of).toArray()))
                    .toList();
        }
    }

    private static List<long[]> codes(Evaluator evaluator, int from, int to, long seed) {
        try (NDManager scratch = evaluator.trained().newManager()) {
            return new LatentCodec(evaluator.trained())
                    .layers(evaluator.examples(scratch, from, to, seed)).stream()
                            .flatMap(layer -> layer.inference().sample().codes().stream())
                            .map(NDArray::toLongArray)
                            .toList();
        }
    }

    private static CodeFrequencies counted(NDManager scratch, long... codes) {
        long highest = LongStream.of(codes).max().orElseThrow();
        try (CodeUsage usage = new CodeUsage(scratch, highest + 1)) {
            usage.add(scratch.create(codes));
            long[] counts = usage.counts();
            Map<Integer, Double> shares = new TreeMap<>();
            for (int code = 0; code < counts.length; code++) {
                if (counts[code] > 0) {
                    shares.put(code, (double) counts[code] / codes.length);
                }
            }
            return new CodeFrequencies(shares, usage.perplexity());
        }
    }
}
