package io.vae4j.experiments.recipe;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Within;
import io.vae4j.models.vq.Codebook;
import io.vae4j.models.vq.CodebookStart;
import io.vae4j.models.vq.CodebookUpdate;
import io.vae4j.models.vq.DeadCodeReset;

/**
 * The codes of a VQ-VAE.
 *
 * @param count how many
 * @param dimensions the length of each
 * @param update by-gradient or by-moving-average
 * @param decay of the moving averages
 * @param start uniform, or clusters of the first batch
 * @param restartAfter the steps without use after which a code restarts; 0 for never
 */
public record CodebookSpec(
        int count,
        int dimensions,
        @Default("by-moving-average") UpdateName update,
        @Default("0.99") @Within("[0, 1)") double decay,
        @Default("clusters") StartName start,
        @Default("100") @Within("[0, 1e9]") int restartAfter) {

    /** How codes follow the encoder. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum UpdateName {
        BY_GRADIENT,
        BY_MOVING_AVERAGE
    }

    /** Where codes start. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    public enum StartName {
        UNIFORM,
        CLUSTERS
    }

    private static final double SMOOTHING = 1e-5;

    public CodebookSpec {
        KeyChecks.atLeastOne("model.quantizer.codebook.count", count);
        KeyChecks.atLeastOne("model.quantizer.codebook.dimensions", dimensions);
        KeyChecks.fraction("model.quantizer.codebook.decay", decay);
        KeyChecks.notNegative("model.quantizer.codebook.restartAfter", restartAfter);
    }

    Codebook codebook() {
        return new Codebook(
                count,
                dimensions,
                switch (update) {
                    case BY_GRADIENT -> new CodebookUpdate.ByGradient();
                    case BY_MOVING_AVERAGE -> new CodebookUpdate.ByMovingAverage(decay, SMOOTHING);
                },
                switch (start) {
                    case UNIFORM -> new CodebookStart.Uniform();
                    case CLUSTERS -> new CodebookStart.Clusters();
                },
                restartAfter == 0 ? new DeadCodeReset.Never() : new DeadCodeReset.After(restartAfter));
    }
}
