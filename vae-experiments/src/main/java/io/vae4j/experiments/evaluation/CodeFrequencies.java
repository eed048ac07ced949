package io.vae4j.experiments.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.models.vq.CodeUsage;
import java.util.ArrayList;
import java.util.Arrays;
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

    public CodeFrequencies {
        shares = Map.copyOf(shares);
    }

    /**
     * Over the first examples.
     *
     * @return one for each layer that has codes, from the data upwards
     */
    public static List<CodeFrequencies> of(Evaluator evaluator, int examples, long seed) {
        LatentCodec codec = new LatentCodec(evaluator.trained());
        List<LongStream.Builder> layers = new ArrayList<>();
        evaluator.eachBatch(examples, seed, portion -> {
            List<NDArray> codes = codec.layers(portion.asked()).stream()
                    .flatMap(layer -> layer.inference().sample().codes().stream())
                    .toList();
            for (int layer = 0; layer < codes.size(); layer++) {
                if (layers.size() == layer) {
                    layers.add(LongStream.builder());
                }
                Arrays.stream(codes.get(layer).toLongArray()).forEach(layers.get(layer));
            }
        });
        try (NDManager scratch = evaluator.trained().newManager()) {
            return layers.stream()
                    .map(codes -> counted(scratch, codes.build().toArray()))
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
