package io.vae4j.experiments.evaluation.annealing;

import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import java.util.List;

/**
 * How much is spent on chains.
 *
 * @param examples how many are looked at
 * @param chains C, of each example
 * @param temperatures T
 * @param leapfrogs L
 */
record ChainSettings(int examples, int chains, int temperatures, int leapfrogs) {

    private static final Setting EXAMPLES = new Setting("images", 16, 1, "how many examples are looked at");
    private static final Setting CHAINS = new Setting("chains", 16, 2, "how many chains each example has");
    private static final Setting TEMPERATURES =
            new Setting("temperatures", 500, 2, "how many steps there are from the beginning to the end");
    private static final Setting LEAPFROGS = new Setting("leapfrogs", 10, 1, "leapfrog steps of one proposal");

    static List<Setting> all() {
        return List.of(EXAMPLES, CHAINS, TEMPERATURES, LEAPFROGS);
    }

    static ChainSettings of(Settings settings) {
        return new ChainSettings(
                settings.of(EXAMPLES), settings.of(CHAINS), settings.of(TEMPERATURES), settings.of(LEAPFROGS));
    }

    /** How many chains learn the step sizes. */
    int pilots() {
        return Math.max(2, chains / 4);
    }
}
