package io.vae4j.experiments.device;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One NVIDIA card as its driver names it; {@code uuid} is what {@code CUDA_VISIBLE_DEVICES} may name it by. */
public record GpuCard(String name, String uuid) {

    // A card that runs in slices is followed by indented MIG lines, which are not cards of their own.
    private static final Pattern LISTED = Pattern.compile("(?m)^GPU \\d+: (.+?) \\(UUID: ([^)\\s]+)\\)\\s*$");
    private static final Pattern MODEL = Pattern.compile("(?m)^Model:\\s*(.+?)\\s*$");
    private static final Pattern UUID = Pattern.compile("(?m)^GPU UUID:\\s*(\\S+)");

    /** The cards in the output of {@code nvidia-smi -L}, in its order; lines of any other form are passed over. */
    static List<GpuCard> listed(String output) {
        return LISTED.matcher(output)
                .results()
                .map(line -> new GpuCard(line.group(1), line.group(2)))
                .toList();
    }

    /** The card that one file {@code /proc/driver/nvidia/gpus/ADDRESS/information} describes. */
    static GpuCard described(String information) {
        return new GpuCard(first(MODEL, information, "NVIDIA GPU"), first(UUID, information, "unknown"));
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElse(otherwise);
    }
}
