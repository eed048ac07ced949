package io.vae4j.experiments.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where data came from and what exactly they were; a run's manifest keeps it.
 *
 * @param source a phrase such as "cache", "--data-dir", "DJL basicdataset"
 * @param sha256 the SHA-256 of each file, in lower-case hex, by file name, in the order of the data set
 */
public record Provenance(String source, Map<String, String> sha256) {

    /** Copies the checksums, keeping their order. */
    public Provenance {
        sha256 = Collections.unmodifiableMap(new LinkedHashMap<>(sha256));
    }

    /**
     * Of data that were made, not read: the checksums are those of what each split holds, values and labels.
     *
     * @param source what made them, and all that it depends on
     */
    public static Provenance ofContent(String source, Examples train, Examples test) {
        Map<String, String> sums = new LinkedHashMap<>();
        sums.put("train", train.sha256());
        sums.put("test", test.sha256());
        return new Provenance(source, sums);
    }
}
