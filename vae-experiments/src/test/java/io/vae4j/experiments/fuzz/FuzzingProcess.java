package io.vae4j.experiments.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vae4j.experiments.fuzz.MeasuredReader.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A process of its own in which Jazzer fuzzes readers: with so little memory that what takes much is found, and with a
 * limit of time for each input.
 *
 * @param readers what is fuzzed, by turns
 * @param inputs how many are tried
 * @param seed of all that is random; with it another process tries the same
 * @param folder for all that it writes: log, findings, corpus
 */
record FuzzingProcess(List<FuzzedReader> readers, long inputs, long seed, Path folder) {

    private static final String HEAP = "-Xmx512m";
    /** Of the whole process in MiB: the heap, the engine's libraries and what is between. */
    private static final int MOST_MEMORY = 1536;

    /** By the clock, for what hangs without end; what only takes long is measured on the processor. */
    private static final int SECONDS_FOR_ONE = 60;

    private static final int MOST_FINDINGS = 20;

    private static final long MANY = 100_000;

    private static final Pattern COVERED = Pattern.compile("(?m)^#\\d+\\s+\\w+\\s+cov: (\\d+) ft: (\\d+)");
    private static final Pattern FINDING = Pattern.compile("(?m)^(== Java .*|==\\d+==.*ERROR.*|# A fatal error.*)$");

    /**
     * What came of it.
     *
     * @param tallies by reader, as far as the process came
     * @param edges of the readers' code that were reached
     * @param paths how many inputs of their own kind there were: by edges, and by how often each was passed
     * @param findings lines that say what went wrong; none where every reader did what it promises
     */
    record Outcome(List<Tally> tallies, int edges, int paths, List<String> findings) {}

    Outcome run() throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Files.createDirectories(folder.resolve("findings"));
        writeSeeds(corpus);
        Files.writeString(folder.resolve("words"), dictionary(), ISO_8859_1);
        Path log = folder.resolve("log");
        int exit = new ProcessBuilder(command(corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return outcome(Files.readString(log, ISO_8859_1), exit);
    }

    private void writeSeeds(Path corpus) throws IOException {
        for (int i = 0; i < readers.size(); i++) {
            FuzzedReader reader = readers.get(i);
            for (int j = 0; j < reader.seeds().size(); j++) {
                byte[] file = reader.seeds().get(j);
                byte[] chosen = new byte[file.length + 1];
                chosen[0] = (byte) i;
                System.arraycopy(file, 0, chosen, 1, file.length);
                Files.write(corpus.resolve(reader.name() + "-" + j), readers.size() == 1 ? file : chosen);
            }
        }
    }

    /** As libFuzzer reads it: a quoted word a line, and whatever is no plain letter as a number. */
    private String dictionary() {
        Set<String> words = new LinkedHashSet<>();
        readers.forEach(reader -> words.addAll(reader.words()));
        StringBuilder lines = new StringBuilder();
        for (String word : words) {
            lines.append('"');
            for (byte letter : word.getBytes(ISO_8859_1)) {
                boolean plain = letter > ' ' && letter < 127 && letter != '"' && letter != '\\';
                lines.append(plain ? String.valueOf((char) letter) : "\\x%02x".formatted(letter));
            }
            lines.append("\"\n");
        }
        return lines.toString();
    }

    private List<String> command(Path corpus) {
        List<String> names = readers.stream().map(FuzzedReader::name).toList();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                // what lives for a minute only gets nothing back for being compiled well
                "-XX:TieredStopAtLevel=" + (inputs < MANY ? 1 : 4),
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-D" + ReaderFuzzer.FOLDER + "=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ReaderFuzzer.class.getName(),
                "--target_args=" + String.join(" ", names),
                "--instrumentation_includes=io.vae4j.**",
                "--custom_hook_includes=io.vae4j.**",
                "--reproducer_path=" + folder.resolve("findings"),
                "--keep_going=" + MOST_FINDINGS,
                "-artifact_prefix=" + folder.resolve("findings") + "/",
                "-dict=" + folder.resolve("words"),
                "-runs=" + inputs,
                "-seed=" + seed,
                "-timeout=" + SECONDS_FOR_ONE,
                "-rss_limit_mb=" + MOST_MEMORY,
                corpus.toString());
    }

    private Outcome outcome(String log, int exit) throws IOException {
        List<String> findings = new ArrayList<>(FINDING.matcher(log)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList());
        if (exit != 0 && findings.isEmpty()) {
            findings.add("the process ended with code " + exit);
        }
        List<MatchResult> covered = COVERED.matcher(log).results().toList();
        MatchResult last = covered.isEmpty() ? null : covered.get(covered.size() - 1);
        return new Outcome(
                tallies(),
                last == null ? 0 : Integer.parseInt(last.group(1)),
                last == null ? 0 : Integer.parseInt(last.group(2)),
                findings);
    }

    private List<Tally> tallies() throws IOException {
        Path file = folder.resolve(ReaderFuzzer.TALLIES);
        return Files.exists(file)
                ? JsonMapper.builder().build().readValue(file.toFile(), new TypeReference<List<Tally>>() {})
                : List.of();
    }
}
