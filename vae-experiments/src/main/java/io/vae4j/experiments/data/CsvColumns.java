package io.vae4j.experiments.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Which columns of a table are read. */
sealed interface CsvColumns {

    /** The places of those of numbers. */
    int[] numbers(CsvHeader header) throws WrongFile;

    /** The name of the one of classes. */
    Optional<String> labels();

    /** Every column is one of numbers, but the one of classes. */
    record AllColumns(Optional<String> labels) implements CsvColumns {

        @Override
        public int[] numbers(CsvHeader header) throws WrongFile {
            return header.numbers(labels);
        }
    }

    /** The columns that a run was trained on, wherever they are in the file. */
    record ColumnsOfRun(TableForm form, Consumer<String> progress) implements CsvColumns {

        @Override
        public int[] numbers(CsvHeader header) throws WrongFile {
            int[] numbers = header.numbers(form.columns());
            List<String> others = new ArrayList<>(header.names());
            others.removeAll(new HashSet<>(form.columns()));
            form.labels().ifPresent(others::remove);
            if (!others.isEmpty()) {
                progress.accept(
                        "not read, since the run has no such column: " + Reason.line(String.join(", ", others)));
            }
            return numbers;
        }

        @Override
        public Optional<String> labels() {
            return form.labels();
        }
    }
}
