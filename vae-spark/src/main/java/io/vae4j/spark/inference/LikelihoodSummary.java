package io.vae4j.spark.inference;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.stddev_samp;

import io.vae4j.experiments.evaluation.Mean;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that {@link SparkModel#evaluate} has evaluated, summed up as {@code ./vae evaluate} does it.
 *
 * @param examples how many there are
 * @param nll minus the bound of log p(x), nats per example
 * @param elbo the mean of log w, nats per example
 * @param reconstruction -log p(x|z), nats per example
 * @param effectiveSampleSize the mean over the examples
 * @param smallestEffectiveSampleSize of an example
 */
public record LikelihoodSummary(
        long examples,
        Mean nll,
        double elbo,
        double reconstruction,
        double effectiveSampleSize,
        double smallestEffectiveSampleSize) {

    /**
     * Sums up; this computes what is not computed yet, so that rows are to be written or cached before.
     *
     * @param evaluated at least one row
     */
    public static LikelihoodSummary of(Dataset<Row> evaluated) {
        Row all = evaluated
                .agg(
                        count(lit(1)),
                        avg(col("nll")),
                        stddev_samp(col("nll")).divide(sqrt(count(lit(1)))),
                        avg(col("elbo")),
                        avg(col("reconstruction")),
                        avg(col("effective_sample_size")),
                        min(col("effective_sample_size")))
                .first();
        double standardError = all.isNullAt(2) ? Double.NaN : all.getDouble(2);
        return new LikelihoodSummary(
                all.getLong(0),
                new Mean(all.getDouble(1), standardError),
                all.getDouble(3),
                all.getDouble(4),
                all.getDouble(5),
                all.getDouble(6));
    }

    /** In words, for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "nll %.2f nats (standard error %.2f) of %d examples, elbo %.2f, -log p(x|z) %.2f, effective sample size"
                        + " %.1f (smallest %.1f)",
                nll.value(),
                nll.standardError(),
                examples,
                elbo,
                reconstruction,
                effectiveSampleSize,
                smallestEffectiveSampleSize);
    }
}
