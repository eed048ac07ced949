package io.vae4j.experiments.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** The NLL with its standard error, {@code 89.39 ± 0.78}; empty where the file has none. */
    Optional<String> nll() {
        return nats("nll")
                .map(nll -> nll + nats("nll_se").map(error -> " ± " + error).orElse(""));
    }

    /** The section of a run's page. */
    Markup.Element section() {
        List<Markup> rows = new ArrayList<>();
        row(rows, "−log p(x) and standard error", nll().map(nll -> nll + " nats per image" + extent()));
        row(rows, "Note", json.text("note"));
        row(rows, "ELBO", nats("elbo").map(elbo -> elbo + " nats per image"));
        row(rows, "Effective sample size", effectiveSampleSize());
        row(rows, "KL per layer", listed("kl_per_layer", Wording::nats).map(each -> each + " nats"));
        row(rows, "Active units per layer", listed("active_units", units -> Long.toString(Math.round(units))));
        row(rows, "Codes", codes());
        return Page.section("Evaluation").add(Markup.element("dl", rows));
    }

    private static void row(List<Markup> rows, String term, Optional<String> value) {
        value.ifPresent(text -> rows.add(Facts.entry(term, Markup.element("dd", text))));
    }

    private String extent() {
        return whole("samples").map(draws -> ", K = " + draws).orElse("")
                + whole("images")
                        .map(images -> ", first " + images + " test images")
                        .orElse("")
                + whole("epoch").map(epoch -> ", after epoch " + epoch).orElse("");
    }

    private Optional<String> effectiveSampleSize() {
        return nats("ess")
                .map(mean -> mean
                        + whole("samples").map(draws -> " of " + draws).orElse("")
                        + nats("ess_min").map(least -> ", at least " + least).orElse(""));
    }

    private Optional<String> codes() {
        return number("codes", "used")
                .map(used -> String.format(Locale.ROOT, "%.1f %% used", 100 * used)
                        + number("codes", "perplexity")
                                .map(perplexity -> ", perplexity " + Wording.nats(perplexity))
                                .orElse(""));
    }

    private Optional<String> listed(String key, DoubleFunction<String> written) {
        List<Double> values = json.numbers(key);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().map(written::apply).collect(Collectors.joining(", ")));
    }

    private Optional<String> nats(String key) {
        return number(key).map(Wording::nats);
    }

    private Optional<String> whole(String key) {
        return number(key).map(value -> String.format(Locale.ROOT, "%,d", Math.round(value)));
    }

    private Optional<Double> number(String... path) {
        return json.number(path).stream().boxed().findFirst();
    }
}
