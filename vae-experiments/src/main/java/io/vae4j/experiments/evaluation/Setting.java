package io.vae4j.experiments.evaluation;

/**
 * A number that decides how an evaluation measures, such as how many chains it runs.
 *
 * @param name in lower-case letters
 * @param usual what it is unless somebody sets it
 * @param least the smallest that makes sense
 * @param meaning in a phrase
 */
public record Setting(String name, long usual, long least, String meaning) {

    public Setting {
        if (!name.matches("[a-z]+") || usual < least) {
            throw new IllegalArgumentException("the setting " + name + " is usually " + usual + " and at least " + least
                    + "; expected lower-case letters, and the usual value to be allowed");
        }
    }
}
