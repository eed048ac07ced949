package io.vae4j.experiments.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table in memory. Which rows are trained on decides how all are standardized, unless a run has decided it: other
 * splits are made of the rows as they stand in the files.
 *
 * @param tables as the files hold them
 * @param form of the columns
 * @param rows as the model sees them
 */
record TableDataset(TableSplits tables, TableForm form, ArrayDataset rows) implements Dataset {

    /** The same rows in the form that those to train on give them, or else in that of the run. */
    static TableDataset of(TableSplits tables) throws WrongFile {
        return of(tables, tables.train().columns());
    }

    /** A line names the columns that are left out of those before. */
    private static TableDataset of(TableSplits tables, List<String> before) throws WrongFile {
        CsvTable train = tables.train();
        TableForm form = tables.ofRun().isPresent()
                ? tables.ofRun().get()
                : TableForm.of(train.columns(), train.rows(), tables.labels());
        TableExamples maker = new TableExamples(Optional.of(form), tables.classes());
        ArrayDataset rows = new ArrayDataset(
                tables.files().name(),
                maker.of(train).examples(),
                tables.validation().map(table -> maker.of(table).examples()),
                maker.of(tables.test()).examples(),
                provenance(tables),
                tables.origins());
        if (tables.ofRun().isEmpty()) {
            tellOfConstant(before, form, tables.files());
        }
        return new TableDataset(tables, form, rows);
    }

    private static Provenance provenance(TableSplits tables) {
        Map<String, String> sums = new LinkedHashMap<>();
        tables.bySplit().values().forEach(table -> sums.put(table.name(), table.sha256()));
        return new Provenance(tables.files().path().toString(), sums);
    }

    private static void tellOfConstant(List<String> before, TableForm form, CsvFiles files) {
        List<String> constant = new ArrayList<>(before);
        constant.removeAll(Set.copyOf(form.columns()));
        if (!constant.isEmpty()) {
            files.progress()
                    .accept("left out, the same in all rows to train on: " + Reason.line(String.join(", ", constant)));
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
    public Map<String, SplitOrigin> origins() {
        return rows.origins();
    }

    @Override
    public Optional<TableForm> table() {
        return Optional.of(form);
    }

    @Override
    public Dataset select(Selection chosen) {
        return FileReading.told(
                tables.files().path(), "leave more rows to train on", () -> of(tables.select(chosen), form.columns()));
    }
}
