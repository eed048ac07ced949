package io.vae4j.experiments;

/**
 * The user's input is wrong: the command line ends with exit code 2 and prints the message as its only line.
 *
 * <p>The message says what is wrong, where, and the remedy, in one line.
 */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String where;
    private final String remedy;

    /**
     * Describes the fault. Line breaks are folded, since the contract is one line, and so is all that a terminal would
     * take for a command: a message may quote a file.
     */
    public InvalidInput(String what, String where, String remedy) {
        super(folded(what + " (" + where + "); " + remedy));
        this.what = folded(what);
        this.where = folded(where);
        this.remedy = folded(remedy);
    }

    private static String folded(String text) {
        return text.replaceAll("\\s*[\\p{Cc}\\u2028\\u2029]+\\s*", " ");
    }

    /** What is wrong, without where and the remedy. */
    public String what() {
        return what;
    }

    /** Where that is: a file, a key, an option. */
    public String where() {
        return where;
    }

    /** The same fault, by somebody who knows better where it is. */
    public InvalidInput at(String place) {
        return new InvalidInput(what, place, remedy);
    }
}
