package io.vae4j.experiments.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table as a file holds it.
 *
 * @param name of the file
 * @param columns the names of the columns of numbers that were asked for
 * @param rows the numbers of those columns, NaN where a cell is empty
 * @param labels the cells of the column of classes; none where there is no such column
 * @param gap where the first of these numbers is missing, for messages; empty where none is
 * @param unlabeled where the first row without a class is; empty where each has one
 * @param sha256 of the file
 */
record CsvTable(
        String name,
        List<String> columns,
        List<double[]> rows,
        Optional<List<String>> labels,
        Optional<Gap> gap,
        Optional<Gap> unlabeled,
        String sha256) {

    /** How many cells are empty, and where the first one is. */
    record Gap(long cells, long line, String column) {

        /** As many as before and one more. */
        static Optional<Gap> further(Optional<Gap> before, long line, String column) {
            return Optional.of(before.map(first -> new Gap(first.cells() + 1, first.line(), first.column()))
                    .orElseGet(() -> new Gap(1, line, column)));
        }
    }

    /** @throws WrongFile if a number is missing, or a class */
    CsvTable requireComplete() throws WrongFile {
        requireNumbers();
        requireNone(unlabeled, "drop such rows, as by pandas' dropna, or give each a class");
        return this;
    }

    /** @throws WrongFile if a number is missing */
    CsvTable requireNumbers() throws WrongFile {
        requireNone(
                gap,
                "drop such rows, as by pandas' dropna, or fill them: by fillna with a column's median, or by a model of"
                        + " the complete rows, ./vae impute RUN --data " + name
                        + " --out FILE.csv, whose first columns are the table");
        return this;
    }

    private void requireNone(Optional<Gap> found, String remedy) throws WrongFile {
        if (found.isPresent()) {
            Gap first = found.get();
            throw new WrongFile(
                    name + " has " + first.cells()
                            + (first.cells() == 1 ? " empty cell, in line " : " empty cells, the first in line ")
                            + first.line() + ", column " + first.column(),
                    remedy);
        }
    }

    /** Some of its rows. */
    CsvTable select(int... places) {
        return new CsvTable(
                name,
                columns,
                Arrays.stream(places).mapToObj(rows::get).toList(),
                labels.map(all -> Arrays.stream(places).mapToObj(all::get).toList()),
                gap,
                unlabeled,
                sha256);
    }
}
