package io.vae4j.experiments.fuzz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Jazzer calls with each input. Where several readers are fuzzed by one process, the first byte of an input says
 * which of them reads the rest.
 */
public final class ReaderFuzzer {

    /** Names the folder of the process, where {@link #TALLIES} goes. */
    static final String FOLDER = "fuzz.folder";

    static final String TALLIES = "tallies.json";
    private static final int OFTEN = 1 << 14;

    private static final List<MeasuredReader> READERS = new ArrayList<>();
    private static long inputs;

    private ReaderFuzzer() {}

    /** Called once, before the first input. */
    public static void fuzzerInitialize(String[] names) throws IOException {
        for (String name : names) {
            MeasuredReader reader = new MeasuredReader(FuzzedReaders.named(name), folder().resolve("files"));
            reader.warmUp();
            READERS.add(reader);
        }
    }

    /** Called for each input; what it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (READERS.size() == 1) {
            READERS.get(0).read(input);
        } else if (input.length > 0) {
            READERS.get(Byte.toUnsignedInt(input[0]) % READERS.size()).read(Arrays.copyOfRange(input, 1, input.length));
        }
        if (++inputs % OFTEN == 0) {
            fuzzerTearDown();
        }
    }

    /** Called once, after the last input. */
    public static void fuzzerTearDown() throws IOException {
        Files.write(
                folder().resolve(TALLIES),
                JsonMapper.builder()
                        .build()
                        .writeValueAsBytes(
                                READERS.stream().map(MeasuredReader::tally).toList()));
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER));
    }
}
