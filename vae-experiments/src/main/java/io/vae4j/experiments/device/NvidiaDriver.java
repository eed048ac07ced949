package io.vae4j.experiments.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks NVIDIA's driver for its cards: first the kernel's files (Linux, immediate), then {@code nvidia-smi -L}.
 *
 * <p>In a container the kernel's files can show cards that the container was not given; a card counts only if its
 * device node is there.
 *
 * @param root where {@code proc} and {@code dev} are, {@code /} on a real machine
 * @param lister the command that lists the cards
 * @param limit how long the command may take; a card asleep can need seconds
 */
record NvidiaDriver(Path root, List<String> lister, Duration limit) {

    private static final Pattern MINOR = Pattern.compile("(?m)^Device Minor:\\s*(\\d+)");

    NvidiaDriver {
        lister = List.copyOf(lister);
    }

    static NvidiaDriver ofThisMachine() {
        return new NvidiaDriver(Path.of("/"), List.of("nvidia-smi", "-L"), Duration.ofSeconds(10));
    }

    /** The cards, with {@code shown} being the value of {@code CUDA_VISIBLE_DEVICES}. */
    InstalledGpus gpus(Optional<String> shown) {
        List<GpuCard> known = knownToKernel();
        return known.isEmpty()
                ? listed(shown)
                : new InstalledGpus(known, shown, "NVIDIA driver found in /proc/driver/nvidia");
    }

    private List<GpuCard> knownToKernel() {
        Path gpus = root.resolve("proc/driver/nvidia/gpus");
        if (!Files.isDirectory(gpus)) {
            return List.of();
        }
        try (Stream<Path> addresses = Files.list(gpus)) {
            return addresses
                    .sorted()
                    .map(address -> address.resolve("information"))
                    .filter(Files::isReadable)
                    .flatMap(this::usable)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    private Stream<GpuCard> usable(Path information) {
        try {
            String text = Files.readString(information);
            Matcher minor = MINOR.matcher(text);
            boolean node = minor.find() && Files.exists(root.resolve("dev/nvidia" + minor.group(1)));
            return node ? Stream.of(GpuCard.described(text)) : Stream.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private InstalledGpus listed(Optional<String> shown) {
        try {
            Path output = Files.createTempFile("gpus", ".txt");
            try {
                return run(output, shown);
            } finally {
                Files.delete(output);
            }
        } catch (IOException absent) {
            return InstalledGpus.none("no NVIDIA driver found");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return InstalledGpus.none("the search for an NVIDIA driver was interrupted");
        }
    }

    // The output goes to a file: a pipe would have to be read while the clock runs.
    private InstalledGpus run(Path output, Optional<String> shown) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(lister);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            return InstalledGpus.none("nvidia-smi did not answer within " + limit.toSeconds() + " s");
        }
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            return InstalledGpus.none("nvidia-smi found no working driver: "
                    + text.strip().lines().findFirst().orElse("exit code " + process.exitValue()));
        }
        List<GpuCard> cards = GpuCard.listed(text);
        return new InstalledGpus(
                cards,
                shown,
                cards.isEmpty() ? "NVIDIA driver found, but no GPU" : "NVIDIA driver found by nvidia-smi");
    }
}
