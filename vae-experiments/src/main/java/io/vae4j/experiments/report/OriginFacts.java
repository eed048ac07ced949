package io.vae4j.experiments.report;

import io.vae4j.experiments.recipe.RecipeValues;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.History;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.RunContents;
import io.vae4j.experiments.run.Split;
import io.vae4j.experiments.run.StandardMetrics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a run came about: what one needs to repeat it. */
final class OriginFacts {

    private OriginFacts() {}

    static List<Fact> of(RunContents run) {
        Manifest manifest = run.manifest();
        return Stream.of(
                        Fact.of("Device", device(manifest)),
                        Fact.of("Threads", manifest.threads().map(String::valueOf)),
                        Fact.of("Workers", workers(manifest)),
                        Fact.of("Started", manifest.started()),
                        Fact.of("Time", time(run.history())),
                        Fact.of("Seed", manifest.seed().map(String::valueOf)),
                        Fact.of("Likelihood", manifest.likelihood()),
                        Fact.of("Objective", part(run, "objective")),
                        Fact.of("Gradient estimator", part(run, "estimator")),
                        Fact.of("Versions", versions(manifest)),
                        Fact.of("Plugins", plugins(manifest)),
                        Fact.of("Git revision", manifest.gitRevision()),
                        Fact.of("Data", manifest.data().flatMap(OriginFacts::data)),
                        Fact.of("Other data later", laterData(manifest)))
                .flatMap(List::stream)
                .toList();
    }

    /** What is missing here because the recipe cannot be read, in a sentence. */
    static Optional<String> obstacle(RunContents run) {
        return run.recipe()
                .filter(yaml -> run.manifest().origin().orElse(Manifest.Origin.RECIPE) == Manifest.Origin.RECIPE)
                .filter(yaml -> RecipeValues.asWritten(yaml).isEmpty())
                .map(yaml -> "recipe.yaml is no recipe that can be read, so the page does not say what was trained.");
    }

    /** What a part of the recipe is: its kind and its keys, such as {@code iwae, samples 10}. */
    private static Optional<String> part(RunContents run, String name) {
        return run.recipe().map(yaml -> part(yaml, name)).filter(text -> !text.isEmpty());
    }

    /** The same of any YAML; empty where it has no such part. */
    static String part(String yaml, String name) {
        return RecipeValues.asWritten(yaml).entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().startsWith(name + "."))
                .map(entry -> written(
                        entry.getKey().substring(name.length()),
                        entry.getValue().asText()))
                .collect(Collectors.joining(", "));
    }

    private static String written(String key, String value) {
        return key.isEmpty() || key.equals(".kind") ? value : key.substring(1) + " " + value;
    }

    private static Optional<String> device(Manifest manifest) {
        String reason = manifest.deviceReason().map(why -> ": " + why).orElse("");
        return manifest.device().map(device -> device + reason);
    }

    private static Optional<String> time(History history) {
        if (!history.has(StandardMetrics.SECONDS)) {
            return Optional.empty();
        }
        int epochs = Math.max(1, history.measurements(Split.TRAIN).size());
        return Optional.of(Wording.duration(history.seconds()) + " for training and testing, "
                + Wording.duration(history.seconds() / epochs) + " an epoch");
    }

    private static Optional<String> versions(Manifest manifest) {
        return joined(Stream.of(
                        manifest.vae4j().map(version -> "vae4j " + version),
                        manifest.java().map(version -> "Java " + version),
                        manifest.djl().map(version -> "DJL " + version),
                        manifest.pytorch().map(version -> "PyTorch " + version))
                .flatMap(Optional::stream));
    }

    private static Optional<String> plugins(Manifest manifest) {
        return joined(manifest.plugins().stream()
                .map(plugin -> plugin.name() + " " + plugin.version()
                        + plugin.sha256().map(sum -> " (SHA-256 " + sum + ")").orElse("")));
    }

    /** All that there were, in their order: a run may go on with others. */
    private static Optional<String> workers(Manifest manifest) {
        return joined(Stream.concat(
                        manifest.localSgd().stream(),
                        manifest.resumed().stream().flatMap(resumption -> resumption.localSgd().stream()))
                .map(local -> Wording.count(local.workers(), "worker", "workers") + " of local SGD with "
                        + Wording.count(local.localSteps(), "step", "steps") + " a round, moments " + local.moments())
                .distinct());
    }

    /** A run may go on with other data, as in fine-tuning; its curves then tell of both. */
    private static Optional<String> laterData(Manifest manifest) {
        Set<String> first = manifest.data().map(DataRecord::content).orElse(Set.of());
        return joined(manifest.resumed().stream()
                .flatMap(resumption -> resumption.data().stream())
                .filter(data -> !data.content().equals(first))
                .flatMap(data -> data(data).stream())
                .distinct());
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
}
