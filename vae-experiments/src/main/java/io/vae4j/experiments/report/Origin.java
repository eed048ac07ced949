package io.vae4j.experiments.report;

import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.History;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The section on how the run came about: what one needs to repeat it. */
final class Origin {

    private final Manifest manifest;
    private final List<Markup> rows = new ArrayList<>();

    private Origin(Manifest manifest) {
        this.manifest = manifest;
    }

    static Markup.Element section(RunContents run) {
        Origin facts = new Origin(run.manifest());
        facts.collect(run);
        Markup.Element section = Page.section("How it was run");
        if (!facts.rows.isEmpty()) {
            section = section.add(Markup.element("dl", facts.rows));
        }
        return run.recipe().map(Origin::recipe).map(section::add).orElse(section);
    }

    private void collect(RunContents run) {
        row("Device", device());
        row("Threads", manifest.threads().map(String::valueOf));
        row("Started", manifest.started());
        row("Time", time(run.history()));
        row("Seed", manifest.seed().map(String::valueOf));
        row("Likelihood", manifest.likelihood());
        row("Versions", versions());
        row("Plugins", plugins());
        row("Git revision", manifest.gitRevision());
        row("Data", manifest.data().flatMap(Origin::data));
        manifest.data()
                .map(DataRecord::sha256)
                .orElse(Map.of())
                .forEach((file, sum) -> rows.add(
                        entry("SHA-256 of " + file, Markup.element("dd").add(Markup.element("code", sum)))));
    }

    private void row(String term, Optional<String> value) {
        value.ifPresent(text -> rows.add(entry(term, Markup.element("dd", text))));
    }

    /** A term and what it is, in a list of them. */
    static Markup.Element entry(String term, Markup.Element description) {
        return Markup.element("div").add(Markup.element("dt", term)).add(description);
    }

    private Optional<String> device() {
        String reason = manifest.deviceReason().map(why -> ": " + why).orElse("");
        return manifest.device().map(device -> device + reason);
    }

    private Optional<String> versions() {
        Map<String, Optional<String>> all = new LinkedHashMap<>();
        all.put("vae4j", manifest.vae4j());
        all.put("Java", manifest.java());
        all.put("DJL", manifest.djl());
        all.put("PyTorch", manifest.pytorch());
        return joined(all.entrySet().stream()
                .flatMap(entry -> entry.getValue().map(version -> entry.getKey() + " " + version).stream()));
    }

    private Optional<String> plugins() {
        return joined(manifest.plugins().stream()
                .map(plugin -> plugin.name() + " " + plugin.version()
                        + plugin.sha256().map(sum -> " (SHA-256 " + sum + ")").orElse("")));
    }

    private static Optional<String> data(DataRecord data) {
        String event = data.event().isEmpty() ? "" : ", examples of shape " + data.event();
        String classes = data.classes().isEmpty()
                ? ""
                : ", " + Wording.count(data.classes().size(), "class", "classes");
        return Optional.of(Stream.of(data.name(), data.source())
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", from ")))
                .filter(text -> !text.isEmpty())
                .map(text -> text + event + classes);
    }

    private static Optional<String> joined(Stream<String> parts) {
        return Optional.of(parts.collect(Collectors.joining(", "))).filter(text -> !text.isEmpty());
    }

    private static Optional<String> time(History history) {
        if (!history.has(StandardMetrics.SECONDS)) {
            return Optional.empty();
        }
        int epochs = Math.max(1, history.measurements(Split.TRAIN).size());
        return Optional.of(Wording.duration(history.seconds()) + " for training and testing, "
                + Wording.duration(history.seconds() / epochs) + " an epoch");
    }

    private static Markup.Element recipe(String recipe) {
        return Markup.element("details")
                .add(Markup.element("summary", "The resolved recipe"))
                .add(Markup.element("pre").add(Markup.element("code", recipe)));
    }
}
