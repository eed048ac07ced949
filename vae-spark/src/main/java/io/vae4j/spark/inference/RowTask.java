package io.vae4j.spark.inference;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * What an executor does with a partition.
 *
 * @param source of the model
 * @param form in which rows are put to it
 * @param answers what it is asked
 * @param firsts the place of each file's first row
 * @param total how many rows there are in all partitions
 * @param most rows at this place and behind it are left out
 * @param addsIndex whether a row's place becomes a column
 * @param className of all rows; none for each one's own, or a model that is given none
 * @param seed of the binarization and the samples
 */
record RowTask(
        ModelSource source,
        ExampleForm form,
        RowAnswers answers,
        HashMap<String, Long> firsts,
        long total,
        long most,
        boolean addsIndex,
        List<String> className,
        long seed)
        implements MapPartitionsFunction<Row, Row> {

    /** The class that all rows are said to be of. */
    Optional<String> condition() {
        return className.stream().findFirst();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        LoadedModel model = LoadedModel.use(source);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> model.leave());
        Iterator<PlacedRow> asked = StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .map(row -> PlacedRow.of(row, firsts))
                .filter(row -> row.place() < most)
                .iterator();
        return new AnsweredRows(model, this, RowChunk.of(asked, form.rowsAtOnce(), total));
    }
}
