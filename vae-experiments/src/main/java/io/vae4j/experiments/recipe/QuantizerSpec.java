package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vae4j.core.model.Posterior;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Within;
import io.vae4j.models.network.Initialization;
import io.vae4j.models.vq.Codebook;
import io.vae4j.models.vq.Codes;
import io.vae4j.models.vq.FiniteScalarQuantizer;
import io.vae4j.models.vq.FiniteScalars;
import io.vae4j.models.vq.QuantizationGradient;
import io.vae4j.models.vq.VectorQuantizer;
import java.util.List;
import java.util.Objects;

/** How a grid of vectors becomes a grid of codes; the key {@code kind} chooses it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface QuantizerSpec {

    /** A new quantizer. */
    Quantizer quantizer(Initialization initialization);

    /** Its codes for titles, as in "128 codes of 16". */
    String title();

    /**
     * A posterior over codes.
     *
     * @param codes that it chooses from, for the prior
     */
    record Quantizer(Posterior posterior, Codes codes) {}

    /**
     * The nearest code of a codebook.
     *
     * @param commitment the weight of the commitment term
     * @param gradient how it passes the quantization
     */
    @Example("""
            {kind: codebook,
            codebook: {count: 4, dimensions: 2, update: by-gradient, decay: 0.99, start: uniform, restartAfter: 0},
            commitment: 0.25, gradient: straight-through}""")
    record CodebookQuantizerSpec(
            CodebookSpec codebook,
            @Default("0.25") @Within("[0, 1e4]") double commitment,
            @Default("straight-through") QuantizationGradient gradient)
            implements QuantizerSpec {

        public CodebookQuantizerSpec {
            KeyChecks.notNegative("model.quantizer.commitment", commitment);
        }

        @Override
        public Quantizer quantizer(Initialization initialization) {
            Codebook codes = codebook.codebook();
            return new Quantizer(new VectorQuantizer(codes, commitment, gradient, initialization), codes);
        }

        @Override
        public String title() {
            return codebook.count() + " codes of " + codebook.dimensions();
        }
    }

    /**
     * Each number rounded to one of a few levels.
     *
     * @param levels of each number, 3 or more
     */
    @Example("{kind: finite-scalar, levels: [4, 3]}")
    record FiniteScalarSpec(@Example("[8, 5, 5, 5]") List<Integer> levels) implements QuantizerSpec {

        /** More codes than any prior over them can tell apart. */
        private static final int MOST_CODES = 1 << 16;

        public FiniteScalarSpec {
            if (levels.isEmpty() || levels.stream().anyMatch(Objects::isNull)) {
                throw new InvalidInput(
                        "model.quantizer.levels has no or an empty entry",
                        "recipe",
                        "give a list such as [8, 5, 5, 5]");
            }
            long count = 1;
            for (int level : levels) {
                KeyChecks.within("model.quantizer.levels", level, 3, MOST_CODES);
                count = Math.min(count * level, MOST_CODES + 1L);
            }
            KeyChecks.atMost("the product of model.quantizer.levels", count, MOST_CODES);
            levels = List.copyOf(levels);
        }

        @Override
        public Quantizer quantizer(Initialization initialization) {
            FiniteScalars codes = new FiniteScalars(levels);
            return new Quantizer(new FiniteScalarQuantizer(codes, initialization), codes);
        }

        @Override
        public String title() {
            return "finite scalars " + levels;
        }
    }
}
