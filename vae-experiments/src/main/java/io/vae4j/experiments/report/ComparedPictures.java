package io.vae4j.experiments.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The last pictures of several runs side by side, of the first run of each group that has some.
 *
 * @param reconstructions behind the images that they reconstruct
 */
record ComparedPictures(List<Pictures.Figure> samples, List<Pictures.Figure> reconstructions) {

    static ComparedPictures of(List<SeedGroup> groups) {
        List<Pictures.Figure> reconstructions = latest(groups, Pictures::reconstructions, "Reconstructions by ");
        return new ComparedPictures(
                latest(groups, Pictures::samples, "Samples from the prior of "),
                reconstructions.isEmpty()
                        ? List.of()
                        : Stream.concat(originals(groups).stream(), reconstructions.stream())
                                .toList());
    }

    private static List<Pictures.Figure> latest(
            List<SeedGroup> groups, Function<Pictures, List<Pictures.Epoch>> kind, String shown) {
        return groups.stream()
                .flatMap(group -> group.runs().stream()
                        .flatMap(run -> last(kind.apply(run.pictures())).stream()
                                .map(last -> figure(group.nameOf(run) + ", epoch " + last.epoch(), last, shown)))
                        .limit(1))
                .toList();
    }

    private static Optional<Pictures.Epoch> last(List<Pictures.Epoch> epochs) {
        return epochs.stream().reduce((first, second) -> second);
    }

    private static Pictures.Figure figure(String caption, Pictures.Epoch latest, String shown) {
        return new Pictures.Figure(caption, latest.picture(), shown + caption);
    }

    /** Runs on the same data have the same; a page shows them once. */
    private static List<Pictures.Figure> originals(List<SeedGroup> groups) {
        Map<String, Pictures.Figure> different = new LinkedHashMap<>();
        for (SeedGroup group : groups) {
            group.first()
                    .pictures()
                    .originals()
                    .ifPresent(picture -> different.putIfAbsent(
                            picture.base64(),
                            new Pictures.Figure(
                                    different.isEmpty() ? "Originals" : "Originals of " + group.label(),
                                    picture,
                                    "The original images")));
        }
        return List.copyOf(different.values());
    }
}
