package io.vae4j.experiments.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** What evaluation.json says that a run is worth; the command {@code evaluate} writes it. */
record Evaluated(JsonFile json) {

    private static final String NAME = "evaluation.json";

    /**
     * Reads the evaluation of a run; empty if it was not evaluated.
     *
     * @throws io.vae4j.experiments.InvalidInput if the file is not a JSON object
     */
    static Optional<Evaluated> read(RunFiles files) throws IOException {
        return JsonFile.read(files, NAME).map(Evaluated::new);
    }

    /** The NLL, its standard error and what it was measured on; empty where the file has none. */
    Optional<String> summary() {
        Optional<String> error = decimal("nll_se").map(value -> " ± " + value);
        return json.has("nll")
                ? Optional.of(decimal("nll").map(nll -> nll + error.orElse("")).orElse("not finite") + extent())
                : Optional.empty();
    }

    /** Where the NLL is not what its name says. */
    Optional<String> note() {
        return json.text("note");
    }

    /** The section of a run's page. */
    Markup.Element section() {
        List<Markup> rows = new ArrayList<>();
        row(rows, "NLL ± standard error, nats per image", summary());
        row(rows, "Note", note());
        row(rows, "ELBO, nats per image", decimal("elbo"));
        row(rows, "Reconstruction, nats per image", decimal("reconstruction"));
        row(rows, "KL per layer, nats", listed("kl_per_layer", Wording::nats));
        row(rows, "Active units per layer", listed("active_units", units -> Long.toString(Math.round(units))));
        row(rows, "Effective sample size", effectiveSampleSize());
        row(rows, "Codes", codes());
        return Page.section("Evaluation").add(Markup.element("dl", rows));
    }

    private static void row(List<Markup> rows, String term, Optional<String> value) {
        value.ifPresent(text -> rows.add(Facts.entry(term, Markup.element("dd", text))));
    }

    private String extent() {
        return whole("samples").map(samples -> ", K = " + samples).orElse("")
                + whole("images").map(images -> ", " + images + " images").orElse("")
                + whole("epoch").map(epoch -> ", after epoch " + epoch).orElse("");
    }

    private Optional<String> effectiveSampleSize() {
        return decimal("ess")
                .map(mean -> mean
                        + whole("samples").map(samples -> " of " + samples).orElse("")
                        + decimal("ess_min").map(least -> ", smallest " + least).orElse(""));
    }

    private Optional<String> codes() {
        return number("codes", "used")
                .map(used -> String.format(Locale.ROOT, "%.1f %% used", 100 * used)
                        + number("codes", "perplexity")
                                .map(perplexity -> ", perplexity " + Wording.nats(perplexity))
                                .orElse(""));
    }

    private Optional<String> listed(String key, DoubleFunction<String> written) {
        List<OptionalDouble> values = json.numbers(key);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream()
                        .map(value -> value.isPresent() ? written.apply(value.getAsDouble()) : "not finite")
                        .collect(Collectors.joining(", ")));
    }

    private Optional<String> decimal(String key) {
        return number(key).map(Wording::nats);
    }

    private Optional<String> whole(String key) {
        return number(key).map(value -> String.format(Locale.ROOT, "%,d", Math.round(value)));
    }

    private Optional<Double> number(String... path) {
        return json.number(path).stream().boxed().findFirst();
    }
}
