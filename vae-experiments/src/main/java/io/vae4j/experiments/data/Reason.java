package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Says in a few words on one line why something failed, whatever an exception's message holds. */
public final class Reason {

    private static final int MAX_LENGTH = 300;

    private Reason() {}

    /** What an exception is about. */
    public static String of(Exception e) {
        if (e instanceof AccessDeniedException) {
            return line("there is no permission for " + e.getMessage());
        }
        if (e instanceof NoSuchFileException) {
            return line(e.getMessage() + " is missing");
        }
        // Messages of the platform's narrower exceptions are often a bare path or host; their names say what it is.
        boolean saysItAll = e instanceof WrongFile
                || e instanceof ZipException
                || e.getClass() == IOException.class
                || e.getClass() == FileSystemException.class;
        return line(saysItAll ? String.valueOf(e.getMessage()) : e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    /** Folds control characters, which include line breaks and terminal escapes, and bounds the length. */
    static String line(String text) {
        String folded = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return folded.length() <= MAX_LENGTH ? folded : folded.substring(0, MAX_LENGTH) + "...";
    }
}
