package io.vae4j.experiments.export;

import io.vae4j.core.export.PyTorchModule;
import io.vae4j.experiments.data.TableForm;
import io.vae4j.experiments.training.DataView;
import io.vae4j.experiments.training.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The text of model.py. */
record PythonFile(TrainedModel trained, PyTorchModule model) {

    String text() {
        String text = template();
        for (Map.Entry<String, String> entry : values().entrySet()) {
            text = text.replace("${" + entry.getKey() + "}", entry.getValue());
        }
        return text;
    }

    private Map<String, String> values() {
        boolean conditional = trained.view().conditionClasses().isPresent();
        return Map.of(
                "title",
                safe(trained.card().title()),
                "epochs",
                trained.epoch() + (trained.epoch() == 1 ? " epoch" : " epochs"),
                "x",
                conditional ? "x, c" : "x",
                "z",
                conditional ? "z, c" : "z",
                "latent",
                "the center of q(z|x): the mean of a Gaussian",
                "mean",
                "the mean of p(x|z), " + shape(),
                "inputs",
                inputs(),
                "classes",
                model.pythonClasses(),
                "root",
                model.constructor(),
                "table",
                trained.view().summary().table().map(PythonFile::table).orElse(""));
    }

    /** By what the columns of a table were standardized. */
    private static String table(TableForm table) {
        String columns = table.columns().stream()
                .map(name -> '"' + safe(name) + '"')
                .collect(Collectors.joining(", ", "COLUMNS = [", "]\n"));
        return columns + "MEAN = " + table.mean() + "\nSCALE = " + table.scale() + "\n";
    }

    private String inputs() {
        DataView view = trained.view();
        String values = view.values().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String stored = view.summary().table().isPresent()
                ? "the columns COLUMNS as (column - MEAN) / SCALE"
                : "bytes divided by 255 and other numbers as they are, under data.values=" + values;
        String examples = "x is float32 of shape " + shape() + ", " + stored;
        List<String> classes = view.summary().classes();
        return view.conditionClasses().isEmpty()
                ? examples + "."
                : examples + ";\nc is float32 of shape [B, " + classes.size() + "], one-hot, of the classes "
                        + safe(String.join(", ", classes)) + ".";
    }

    private String shape() {
        return LongStream.of(trained.view().event().getShape())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "[B, ", "]"));
    }

    /** Names come from data: nothing in them may end a Python string or span lines. */
    private static String safe(String text) {
        return text.replace('\\', '/').replace('"', '\'').replaceAll("\\s+", " ");
    }

    private static String template() {
        try (InputStream resource = PythonFile.class.getResourceAsStream("model.py.template")) {
            if (resource == null) {
                throw new IllegalStateException("model.py.template is missing from the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("model.py.template cannot be read", e);
        }
    }
}
