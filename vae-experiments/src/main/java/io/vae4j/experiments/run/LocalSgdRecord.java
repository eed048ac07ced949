package io.vae4j.experiments.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a run's manifest says of its workers: with the recipe and the seed it is what its numbers depend on, wherever
 * the workers ran.
 *
 * @param workers how many trained side by side
 * @param localSteps how many steps each took between two averages
 * @param moments what became of the optimizer's moments at an average
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalSgdRecord(int workers, int localSteps, String moments) {

    public LocalSgdRecord {
        moments = moments == null ? "" : moments;
    }
}
