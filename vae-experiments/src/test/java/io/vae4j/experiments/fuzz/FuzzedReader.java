package io.vae4j.experiments.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The reader of one kind of file that users hand in.
 *
 * @param name by which it is chosen and reported
 * @param seeds small files that it accepts, from which the fuzzer starts
 * @param words of the format, and numbers in it, which a fuzzer would be long in finding
 * @param reading reads a file
 */
record FuzzedReader(String name, List<byte[]> seeds, List<String> words, Reading reading) {

    /** Reads a file to its end. */
    interface Reading {

        /**
         * Returns if the file is accepted.
         *
         * @param file its content, whatever it is
         * @param folder of this reader alone; what an earlier file left there may still be there
         * @throws io.vae4j.experiments.InvalidInput if the file is refused; whatever else is thrown is a fault
         */
        void read(byte[] file, Path folder) throws IOException;
    }

    /** A text as a file. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
