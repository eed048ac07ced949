package io.vae4j.experiments.data;

import java.io.IOException;

/** A file is not the one it should be; the message names the file, what was found and what was expected. */
final class WrongFile extends IOException {

    private static final long serialVersionUID = 1L;

    WrongFile(String message) {
        super(message);
    }
}
