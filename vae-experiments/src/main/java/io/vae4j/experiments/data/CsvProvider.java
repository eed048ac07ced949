package io.vae4j.experiments.data;

import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tables of numbers with a header line. */
public final class CsvProvider implements DatasetProvider {

    private static final String LAYOUT = "give a csv file of numbers whose first line names the columns, or a folder"
            + " with train.csv and test.csv";

    /** What a column of classes is called where nobody names it. */
    private static final List<String> LABELS = List.of("label", "class");

    @Override
    public String kind() {
        return "csv";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return CsvSource.class;
    }

    @Override
    public String looksFor() {
        return "a table (.csv, .tsv), or a folder with train.csv";
    }

    /** A column of classes is found by its name. */
    @Override
    public Optional<DatasetSource> at(Path path) {
        return CsvFiles.areAt(path)
                ? Optional.of(new CsvSource(path, labels(path), TestShare.STANDARD))
                : Optional.empty();
    }

    private static Optional<String> labels(Path path) {
        HeapRoom room = HeapRoom.ofProcess();
        try {
            List<String> names = new CsvFile(new CsvFiles(path, room, line -> {}).train(), room)
                    .header()
                    .names();
            return LABELS.stream().filter(names::contains).findFirst();
        } catch (IOException e) {
            return Optional.empty(); // reading the data says what is wrong
        }
    }

    /**
     * A table of numbers in one file, or in a folder of {@code train.csv}, {@code test.csv} and {@code validation.csv}.
     * Each column is brought to mean 0 and standard deviation 1 by the rows to train on; the run keeps names, means and
     * scales, and reads other tables by them.
     *
     * @param path the file or folder; columns separated by commas, semicolons or tabs, the first line names them
     * @param labels the column of classes
     * @param testShare the share of rows that is held out where there is no test.csv
     */
    @Example("{kind: csv, path: wine.csv, labels: class}")
    public record CsvSource(
            Path path,
            @Default("null") Optional<String> labels,
            @Default("0.1") double testShare) implements DatasetSource {

        public CsvSource {
            TestShare.require(testShare);
        }

        @Override
        public Dataset load(DataAccess access) {
            return FileReading.of(
                    path, LAYOUT, () -> TableDataset.of(TableSplits.of(files(access), labels, testShare)));
        }

        @Override
        public Dataset load(DataAccess access, DataSummary form) {
            return form.table().isEmpty()
                    ? load(access)
                    : FileReading.of(
                            path,
                            LAYOUT,
                            () -> TableDataset.of(TableSplits.of(
                                    files(access), form, form.table().get(), testShare)));
        }

        @Override
        public Examples asked(DataAccess access, DataSummary form) {
            return FileReading.of(path, LAYOUT, () -> files(access).asked(form, labels, Gaps.REFUSED))
                    .examples();
        }

        @Override
        public IncompleteExamples incomplete(DataAccess access, DataSummary form) {
            return FileReading.of(path, LAYOUT, () -> files(access).asked(form, labels, Gaps.KEPT));
        }

        private CsvFiles files(DataAccess access) {
            return new CsvFiles(path, HeapRoom.ofProcess(), access.progress());
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.REAL);
        }
    }
}
