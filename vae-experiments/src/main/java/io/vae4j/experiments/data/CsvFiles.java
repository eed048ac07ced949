package io.vae4j.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A table in one file, or in a folder of {@code train.csv}, {@code test.csv} and {@code validation.csv}.
 *
 * @param path the file or folder
 * @param room what all that is read may take
 * @param progress is told what was taken and what was left out, a line at a time
 */
record CsvFiles(Path path, HeapRoom room, Consumer<String> progress) {

    static final String TRAIN = "train";
    static final String TEST = "test";
    static final String VALIDATION = "validation";

    private static final List<String> ENDINGS = List.of(".csv", ".tsv");

    /** Whether there is a table to train on, by the names of files. */
    static boolean areAt(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isDirectory(path)
                ? split(path, TRAIN).isPresent()
                : Files.isRegularFile(path) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static Optional<Path> split(Path folder, String split) {
        return ENDINGS.stream()
                .map(ending -> folder.resolve(split + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The file of the examples to train on. */
    Path train() throws WrongFile {
        if (!Files.isDirectory(path)) {
            return path;
        }
        return split(path, TRAIN).orElseThrow(() -> new WrongFile("there is no file train.csv in the folder"));
    }

    /**
     * The tables by split.
     *
     * @param form of the columns, where a run has one; otherwise all are read
     * @param labels the column of classes, where no run names it
     */
    Map<String, CsvTable> tables(Optional<TableForm> form, Optional<String> labels) throws IOException {
        CsvColumns choice = choice(form, labels);
        Map<String, CsvTable> tables = new LinkedHashMap<>();
        tables.put(TRAIN, read(train(), choice).requireComplete());
        for (String split : List.of(VALIDATION, TEST)) {
            Optional<Path> file = Files.isDirectory(path) ? split(path, split) : Optional.empty();
            if (file.isPresent()) {
                tables.put(split, read(file.get(), choice).requireComplete());
            }
        }
        return tables;
    }

    /** The rows of the test file, or else of those to train on, in the form of a run's data. */
    IncompleteExamples asked(DataSummary run, Optional<String> labels, Gaps gaps) throws IOException {
        Path file = Files.isDirectory(path) ? split(path, TEST).orElse(train()) : path;
        CsvTable read = read(file, choice(run.table(), labels));
        CsvTable table = gaps == Gaps.KEPT ? read : read.requireNumbers();
        ClassNames classes = ClassNames.of(
                table.unlabeled().isPresent() ? List.of() : table.labels().orElse(List.of()));
        table.unlabeled()
                .ifPresent(first -> progress.accept("no classes are taken, since some are not known: the first in line "
                        + first.line() + ", column " + first.column()));
        IncompleteExamples made = new TableExamples(run.table(), classes).of(table);
        Examples formed = new AskedExamples(run, name(), progress).shaped(made.examples());
        return new IncompleteExamples(formed, made.missing());
    }

    private CsvColumns choice(Optional<TableForm> form, Optional<String> labels) {
        return form.isPresent() ? new CsvColumns.ColumnsOfRun(form.get(), progress) : new CsvColumns.AllColumns(labels);
    }

    private CsvTable read(Path file, CsvColumns choice) throws IOException {
        CsvFile table = new CsvFile(file, room);
        progress.accept("reading " + file.getFileName() + ", separated by " + table.separated());
        return table.table(choice);
    }

    /** For people. */
    String name() {
        return String.valueOf(path.getFileName());
    }
}
