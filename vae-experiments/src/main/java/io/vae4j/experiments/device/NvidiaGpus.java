package io.vae4j.experiments.device;

import io.vae4j.experiments.ExternalCommand;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The NVIDIA cards of this machine, and which of them CUDA will show.
 *
 * @param cards in the order of their PCI addresses, as {@code nvidia-smi} counts them
 * @param shown the value of {@code CUDA_VISIBLE_DEVICES} when it is set, even to nothing
 * @param search what the search for cards found, for people: "no NVIDIA driver found"
 */
record NvidiaGpus(List<Card> cards, Optional<String> shown, String search) {

    // A card that runs in slices is followed by indented MIG lines, which are not cards of their own.
    private static final Pattern LISTED = Pattern.compile("(?m)^GPU \\d+: (.+?) \\(UUID: ([^)\\s]+)\\)\\s*$");

    /** A card as its driver names it. */
    record Card(String name, String uuid) {}

    static NvidiaGpus ofThisMachine(Optional<String> shown) {
        // A card asleep can need seconds.
        return search(Path.of("/"), List.of("nvidia-smi", "-L"), Duration.ofSeconds(10), shown);
    }

    /** Asks the driver: first the kernel's files below the root (Linux, immediate), then by the command. */
    static NvidiaGpus search(Path root, List<String> command, Duration limit, Optional<String> shown) {
        try (Stream<Path> addresses = Files.list(root.resolve("proc/driver/nvidia/gpus"))) {
            List<Card> known = addresses
                    .sorted()
                    .flatMap(address -> described(root, address).stream())
                    .toList();
            if (!known.isEmpty()) {
                return new NvidiaGpus(known, shown, "NVIDIA driver found in /proc/driver/nvidia");
            }
        } catch (IOException | UncheckedIOException absent) {
            // the command is asked
        }
        try {
            ExternalCommand.Result result =
                    new ExternalCommand(command, Path.of("").toAbsolutePath()).run(limit);
            List<Card> cards = result.exitCode() == 0 ? listed(result.output()) : List.of();
            String failure = "nvidia-smi found no working driver: "
                    + result.output().strip().lines().findFirst().orElse("exit code " + result.exitCode());
            String outcome = cards.isEmpty() ? "NVIDIA driver found, but no GPU" : "NVIDIA driver found by nvidia-smi";
            return new NvidiaGpus(cards, shown, result.exitCode() == 0 ? outcome : failure);
        } catch (InterruptedIOException late) {
            return new NvidiaGpus(List.of(), shown, String.valueOf(late.getMessage()));
        } catch (IOException absent) {
            return new NvidiaGpus(List.of(), shown, "no NVIDIA driver found");
        }
    }

    /** In a container the kernel can tell of a card that was not given to it: that one has no device node there. */
    private static Optional<Card> described(Path root, Path address) {
        try {
            String text = Files.readString(address.resolve("information"));
            return entry("Device Minor", text)
                    .filter(minor -> Files.exists(root.resolve("dev/nvidia" + minor)))
                    .map(minor -> new Card(
                            entry("Model", text).orElse("NVIDIA GPU"),
                            entry("GPU UUID", text).orElse("unknown")));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> entry(String name, String text) {
        return Pattern.compile("(?m)^" + name + ":\\s*(.+?)\\s*$")
                .matcher(text)
                .results()
                .map((MatchResult line) -> line.group(1))
                .findFirst();
    }

    /** The cards in the output of {@code nvidia-smi -L}, in its order; lines of any other form are passed over. */
    static List<Card> listed(String output) {
        return LISTED.matcher(output)
                .results()
                .map(line -> new Card(line.group(1), line.group(2)))
                .toList();
    }

    /**
     * The cards in the order in which CUDA numbers them. CUDA reads {@code CUDA_VISIBLE_DEVICES} from the left and
     * stops at the first entry that names no card: an entry is an index, the beginning of a UUID, or a MIG slice, which
     * counts as one device.
     */
    List<Card> visible() {
        if (shown.isEmpty()) {
            return cards;
        }
        List<Card> seen = new ArrayList<>();
        for (String entry : shown.get().split(",", -1)) {
            Optional<Card> card = named(entry.strip());
            if (card.isEmpty() || seen.contains(card.get())) {
                break;
            }
            seen.add(card.get());
        }
        return seen;
    }

    private Optional<Card> named(String entry) {
        if (entry.startsWith("MIG-") && !cards.isEmpty()) {
            return Optional.of(new Card("MIG slice", entry));
        }
        return cards.stream()
                .filter(card -> entry.equals(String.valueOf(cards.indexOf(card)))
                        || (entry.startsWith("GPU-") && card.uuid().startsWith(entry)))
                .findFirst();
    }
}
