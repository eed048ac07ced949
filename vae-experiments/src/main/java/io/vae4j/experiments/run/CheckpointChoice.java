package io.vae4j.experiments.run;

import io.vae4j.experiments.InvalidInput;
import java.util.Locale;

/** Which of a run's weights are meant: the last, the best, or those after some epoch. */
public sealed interface CheckpointChoice {

    /** The weights of the latest epoch. */
    CheckpointChoice LAST = new Last();

    /** The weights of the epoch with the best validation figure, which a run with early stopping keeps. */
    CheckpointChoice BEST = new Best();

    /** The latest epoch. */
    record Last() implements CheckpointChoice {

        @Override
        public String toString() {
            return "last";
        }
    }

    /** The best epoch by the run's validation split. */
    record Best() implements CheckpointChoice {

        @Override
        public String toString() {
            return "best";
        }
    }

    /**
     * A certain epoch.
     *
     * @param number from 1
     */
    record Epoch(int number) implements CheckpointChoice {

        @Override
        public String toString() {
            return "epoch " + number;
        }
    }

    /**
     * Reads what a user writes: {@code last}, {@code best} or the number of an epoch.
     *
     * @throws InvalidInput if it is none of these
     */
    static CheckpointChoice parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("last")) {
            return LAST;
        }
        if (plain.equals("best")) {
            return BEST;
        }
        if (!plain.matches("[1-9]\\d{0,8}")) {
            throw new InvalidInput(
                    "'" + text + "' is no checkpoint", "--checkpoint", "give last, best or the number of an epoch");
        }
        return new Epoch(Integer.parseInt(plain));
    }
}
