package io.vae4j.spark.inference;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.application.BatchInference;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Excerpt;
import io.vae4j.spark.ExecutorEngine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of a partition with their answers, a chunk at a time. */
final class AnsweredRows implements Iterator<Row> {

    private final LoadedModel model;
    private final RowTask task;
    private final Iterator<RowChunk> chunks;
    private final Deque<Row> answered = new ArrayDeque<>();

    AnsweredRows(LoadedModel model, RowTask task, Iterator<RowChunk> chunks) {
        this.model = model;
        this.task = task;
        this.chunks = chunks;
    }

    @Override
    public boolean hasNext() {
        return !answered.isEmpty() || chunks.hasNext();
    }

    @Override
    public Row next() {
        if (answered.isEmpty()) {
            if (!chunks.hasNext()) {
                throw new NoSuchElementException();
            }
            answer(chunks.next());
        }
        return answered.remove();
    }

    private void answer(RowChunk chunk) {
        Examples examples = task.form().of(chunk);
        requireValues(examples);
        Object[][] cells = ExecutorEngine.alone(() -> answers(chunk, examples));
        for (PlacedRow row : chunk.rows()) {
            answered.add(widened(row, cells[chunk.placeOf(row)]));
        }
    }

    private Object[][] answers(RowChunk chunk, Examples examples) {
        Excerpt excerpt = new Excerpt(chunk.first(), task.total());
        Optional<Integer> condition = task.condition().map(model.trained().view()::conditionClass);
        try (BatchInference inference =
                BatchInference.of(model.trained(), examples, excerpt, condition, chunk.count(), task.seed())) {
            return task.answers().of(inference);
        }
    }

    /** What the likelihood, or what becomes of values before it, cannot take. */
    private void requireValues(Examples examples) {
        Shape event = examples.values().event();
        DataSummary known = model.trained().view().summary();
        DataSummary found = new DataSummary(event, examples.values().support(), known.classes());
        model.recipe().incompatibility(found).ifPresent(reason -> {
            throw new InvalidInput(
                    "the run's model is not for these data",
                    task.form().reader().where(),
                    reason);
        });
    }

    /** The user's columns, the place where it is asked for, and the answers. */
    private Row widened(PlacedRow placed, Object... answers) {
        Row row = placed.row();
        int given = row.size() - PlacedRows.COLUMNS;
        int placing = task.addsIndex() ? 1 : 0;
        Object[] cells = new Object[given + placing + answers.length];
        for (int column = 0; column < given; column++) {
            cells[column] = row.get(column);
        }
        if (task.addsIndex()) {
            cells[given] = placed.place();
        }
        System.arraycopy(answers, 0, cells, given + placing, answers.length);
        return RowFactory.create(cells);
    }
}
