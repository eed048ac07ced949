package io.vae4j.experiments.data;

import java.io.IOException;
import java.util.Optional;

/** A file is not the one it should be; the message names the file, what was found and what was expected. */
final class WrongFile extends IOException {

    private static final long serialVersionUID = 1L;

    /** Empty where none is known. */
    private final String remedy;

    WrongFile(String message) {
        this(message, "");
    }

    WrongFile(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do about this very fault; without one, whoever asked for the file says what it should be. */
    Optional<String> remedy() {
        return Optional.of(remedy).filter(text -> !text.isEmpty());
    }

    /** The same fault, whose message goes on after a name. */
    WrongFile after(String name) {
        return new WrongFile(name + " " + getMessage(), remedy);
    }
}
