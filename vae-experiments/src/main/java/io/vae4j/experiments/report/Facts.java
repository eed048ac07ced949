package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The section on how the run came about: what one needs to repeat it. */
final class Facts {

    private final Manifest manifest;
    private final List<Markup> rows = new ArrayList<>();

    private Facts(Manifest manifest) {
        this.manifest = manifest;
    }

    static Markup.Element section(Run run) {
        Facts facts = new Facts(run.manifest());
        facts.collect(run);
        Markup.Element section = Page.section("How it was run");
        if (!facts.rows.isEmpty()) {
            section = section.add(Markup.element("dl", facts.rows));
        }
        return run.recipe().map(Facts::recipe).map(section::add).orElse(section);
    }

    private void collect(Run run) {
        row("Device", device());
        row("Threads", manifest.text("threads"));
        row("Started", manifest.text("started"));
        row("Time", time(run.history()));
        row("Seed", manifest.text("seed"));
        row("Likelihood", manifest.text("likelihood"));
        row("Versions", versions());
        row("Git revision", manifest.text("gitRevision"));
        row("Data", data());
        manifest.checksums()
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
        return manifest.text("device")
                .map(device -> device
                        + manifest.text("deviceReason")
                                .map(reason -> ": " + reason)
                                .orElse(""));
    }

    private Optional<String> versions() {
        String versions = Stream.of("vae4j", "Java", "DJL", "PyTorch")
                .flatMap(name -> manifest.text(name.toLowerCase(Locale.ROOT)).map(v -> name + " " + v).stream())
                .collect(Collectors.joining(", "));
        return Optional.of(versions).filter(text -> !text.isEmpty());
    }

    private Optional<String> data() {
        String data = Stream.of("name", "source")
                .flatMap(key -> manifest.text("data", key).stream())
                .collect(Collectors.joining(", from "));
        return Optional.of(data).filter(text -> !text.isEmpty());
    }

    private static Optional<String> time(History history) {
        if (!history.has(Metric.SECONDS)) {
            return Optional.empty();
        }
        int epochs = Math.max(1, history.measurements(Split.TRAIN).size());
        return Optional.of(Wording.duration(history.seconds()) + " for training and testing, "
                + Wording.duration(history.seconds() / epochs) + " an epoch");
    }

    private static Markup.Element recipe(RecipeText recipe) {
        return Markup.element("details")
                .add(Markup.element("summary", "The resolved recipe"))
                .add(Markup.element("pre").add(Markup.element("code", recipe.yaml())));
    }
}
