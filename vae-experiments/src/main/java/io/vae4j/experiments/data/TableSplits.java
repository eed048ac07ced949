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
 * The tables of a data set as they stand in their files.
 *
 * @param files that they are from
 * @param bySplit the tables by the names of splits, with one to train on and one for the test
 * @param classes that the labels are among
 * @param labels the name of the column of classes
 * @param ofRun the form of a run's columns, where they are read for one
 * @param origins of the splits that the files do not give
 */
record TableSplits(
        CsvFiles files,
        Map<String, CsvTable> bySplit,
        ClassNames classes,
        Optional<String> labels,
        Optional<TableForm> ofRun,
        Map<String, SplitOrigin> origins) {

    /** Reads the files. */
    static TableSplits of(CsvFiles files, Optional<String> labels, double testShare) throws IOException {
        return of(files, labels, Optional.empty(), List.of(), testShare);
    }

    /** Reads the files for a run, whose columns are {@code form}. */
    static TableSplits of(CsvFiles files, DataSummary run, TableForm form, double testShare) throws IOException {
        return of(files, form.labels(), Optional.of(form), run.classes(), testShare);
    }

    private static TableSplits of(
            CsvFiles files, Optional<String> labels, Optional<TableForm> form, List<String> known, double testShare)
            throws IOException {
        Map<String, CsvTable> tables = files.tables(form, labels);
        requireAlike(tables);
        List<String> names = new ArrayList<>();
        tables.values().forEach(table -> names.addAll(table.labels().orElse(List.of())));
        ClassNames classes = ClassNames.of(known.containsAll(names) ? known : names);
        boolean given = tables.containsKey(CsvFiles.TEST);
        if (!given) {
            CsvTable whole = table(tables, CsvFiles.TRAIN);
            TestShare.Places places = places(whole, testShare);
            tables.put(CsvFiles.TRAIN, whole.select(TestShare.rising(places.train())));
            tables.put(CsvFiles.TEST, whole.select(TestShare.rising(places.test())));
        }
        return new TableSplits(files, tables, classes, labels, form, given ? Map.of() : TestShare.origins(testShare));
    }

    private static void requireAlike(Map<String, CsvTable> tables) throws WrongFile {
        CsvTable whole = table(tables, CsvFiles.TRAIN);
        ClassNames classes = ClassNames.of(whole.labels().orElse(List.of()));
        for (CsvTable table : tables.values()) {
            if (!Set.copyOf(table.columns()).equals(Set.copyOf(whole.columns()))) {
                throw new WrongFile(
                        table.name() + " and " + whole.name() + " have different columns",
                        "give all files the same columns");
            }
            classes.requireAllOf(table);
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

    private static CsvTable table(Map<String, CsvTable> tables, String split) {
        return Objects.requireNonNull(tables.get(split), split);
    }

    /** The rows to train on. */
    CsvTable train() {
        return table(bySplit, CsvFiles.TRAIN);
    }

    /** Those to validate on. */
    Optional<CsvTable> validation() {
        return Optional.ofNullable(bySplit.get(CsvFiles.VALIDATION));
    }

    /** Those held out for the test. */
    CsvTable test() {
        return table(bySplit, CsvFiles.TEST);
    }

    /** The same rows in other splits. */
    TableSplits select(Selection chosen) throws WrongFile {
        Map<String, CsvTable> tables = new LinkedHashMap<>();
        tables.put(CsvFiles.TRAIN, rows(chosen.train()));
        chosen.validation().ifPresent(part -> tables.put(CsvFiles.VALIDATION, rows(part)));
        tables.put(CsvFiles.TEST, rows(chosen.test()));
        return new TableSplits(files, tables, ClassNames.of(chosen.classes()), labels, ofRun, chosen.origins());
    }

    private CsvTable rows(Selection.Part part) {
        return table(bySplit, part.split()).select(part.places());
    }
}
