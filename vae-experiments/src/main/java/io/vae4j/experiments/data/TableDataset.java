package io.vae4j.experiments.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A table in memory.
 *
 * @param rows as the model sees them
 * @param form of the columns
 * @param origins of the splits that the files do not give
 */
record TableDataset(ArrayDataset rows, TableForm form, Map<String, SplitOrigin> origins) implements Dataset {

    /** Reads the files; the columns are standardized by the rows to train on. */
    static TableDataset of(CsvFiles files, Optional<String> labels, double testShare) throws IOException {
        Map<String, CsvTable> tables = tables(files, Optional.empty(), labels, testShare);
        TableForm form = form(files, table(tables, CsvFiles.TRAIN), labels);
        return of(files, tables, form, List.of(), testShare);
    }

    /** Reads the files; the columns are those of a run, and standardized as there. */
    static TableDataset of(CsvFiles files, DataSummary run, TableForm form, double testShare) throws IOException {
        return of(files, tables(files, Optional.of(form), form.labels(), testShare), form, run.classes(), testShare);
    }

    private static TableDataset of(
            CsvFiles files, Map<String, CsvTable> tables, TableForm form, List<String> known, double testShare)
            throws IOException {
        List<String> labels = new ArrayList<>();
        Map<String, String> sums = new LinkedHashMap<>();
        for (CsvTable table : tables.values()) {
            labels.addAll(table.labels().orElse(List.of()));
            sums.put(table.name(), table.sha256());
        }
        ClassNames classes = ClassNames.of(known.containsAll(labels) ? known : labels);
        Provenance provenance = new Provenance(files.path().toString(), sums);
        return new TableDataset(
                rows(files.name(), tables, new TableExamples(Optional.of(form), classes, files.room()), provenance),
                form,
                origins(tables, testShare));
    }

    /** Rows to train on and to test on that lie in one file were parted here. */
    private static Map<String, SplitOrigin> origins(Map<String, CsvTable> tables, double testShare) {
        String test = table(tables, CsvFiles.TEST).name();
        return table(tables, CsvFiles.TRAIN).name().equals(test) ? TestShare.origins(testShare) : Map.of();
    }

    /** The tables by split, with one for the test and one to train on. */
    private static Map<String, CsvTable> tables(
            CsvFiles files, Optional<TableForm> form, Optional<String> labels, double testShare) throws IOException {
        Map<String, CsvTable> tables = files.tables(form, labels);
        CsvTable whole = table(tables, CsvFiles.TRAIN);
        ClassNames classes = ClassNames.of(whole.labels().orElse(List.of()));
        for (CsvTable table : tables.values()) {
            requireAlike(table, whole);
            classes.requireAllOf(table);
        }
        if (!tables.containsKey(CsvFiles.TEST)) {
            TestShare.Places places = places(whole, testShare);
            tables.put(CsvFiles.TRAIN, whole.select(TestShare.rising(places.train())));
            tables.put(CsvFiles.TEST, whole.select(TestShare.rising(places.test())));
        }
        return tables;
    }

    private static ArrayDataset rows(
            String name, Map<String, CsvTable> tables, TableExamples maker, Provenance provenance) throws WrongFile {
        Optional<CsvTable> validation = Optional.ofNullable(tables.get(CsvFiles.VALIDATION));
        return new ArrayDataset(
                name,
                maker.of(table(tables, CsvFiles.TRAIN)).examples(),
                validation.isEmpty()
                        ? Optional.empty()
                        : Optional.of(maker.of(validation.get()).examples()),
                maker.of(table(tables, CsvFiles.TEST)).examples(),
                provenance);
    }

    private static TableForm form(CsvFiles files, CsvTable train, Optional<String> labels) throws WrongFile {
        TableForm form = TableForm.of(train.columns(), train.rows(), labels);
        List<String> constant = new ArrayList<>(train.columns());
        constant.removeAll(Set.copyOf(form.columns()));
        if (!constant.isEmpty()) {
            files.progress()
                    .accept("left out, the same in all rows to train on: " + Reason.line(String.join(", ", constant)));
        }
        return form;
    }

    private static CsvTable table(Map<String, CsvTable> tables, String split) {
        return Objects.requireNonNull(tables.get(split), split);
    }

    private static void requireAlike(CsvTable table, CsvTable whole) throws WrongFile {
        if (!Set.copyOf(table.columns()).equals(Set.copyOf(whole.columns()))) {
            throw new WrongFile(
                    table.name() + " and " + whole.name() + " have different columns",
                    "give all files the same columns");
        }
    }

    private static TestShare.Places places(CsvTable whole, double testShare) throws WrongFile {
        try {
            return TestShare.places(whole.rows().size(), testShare);
        } catch (IllegalArgumentException e) {
            throw new WrongFile(
                    String.valueOf(e.getMessage()), "give more rows, or a folder with train.csv and test.csv");
        }
    }

    @Override
    public String name() {
        return rows.name();
    }

    @Override
    public Examples train() {
        return rows.train();
    }

    @Override
    public Optional<Examples> validation() {
        return rows.validation();
    }

    @Override
    public Examples test() {
        return rows.test();
    }

    @Override
    public Provenance provenance() {
        return rows.provenance();
    }

    @Override
    public Optional<TableForm> table() {
        return Optional.of(form);
    }
}
