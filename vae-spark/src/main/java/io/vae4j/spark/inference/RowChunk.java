package io.vae4j.spark.inference;

import io.vae4j.experiments.evaluation.Evaluator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Rows that go through a model together: they stand in batches next to one another, each of which is whole for the
 * model, since what is drawn for a row depends on its place in its batch. Where a batch's other rows are elsewhere, as
 * at a partition's border, the model sees something else in their place, whose answers are nobody's.
 *
 * @param first the place of the first batch's first row, here or elsewhere
 * @param count how many places there are
 * @param rows those that are here, in the order of their places, no two of which are alike; at least one
 */
record RowChunk(long first, int count, List<PlacedRow> rows) {

    private static final int BATCH = Evaluator.BATCH;

    /** Rows that stand in the order of their places, as far as they belong together. */
    private static RowChunk of(List<PlacedRow> rows, long total) {
        long first = batchOf(rows.get(0)) * BATCH;
        long end = Math.min((batchOf(rows.get(rows.size() - 1)) + 1) * BATCH, total);
        return new RowChunk(first, Math.toIntExact(end - first), rows);
    }

    private static long batchOf(PlacedRow row) {
        return row.place() / BATCH;
    }

    /** Which of the chunk's places a row has. */
    int placeOf(PlacedRow row) {
        return Math.toIntExact(row.place() - first);
    }

    /**
     * All rows of a partition, chunk by chunk.
     *
     * @param most how many rows are held at a time, and places in a chunk, about
     * @param total how many rows there are in all partitions
     */
    static Iterator<RowChunk> of(Iterator<PlacedRow> rows, int most, long total) {
        return new Cutting(rows, most, total);
    }

    private static final class Cutting implements Iterator<RowChunk> {

        private final Iterator<PlacedRow> rows;
        private final int most;
        private final long total;
        private final Deque<RowChunk> cut = new ArrayDeque<>();
        /** The first row behind the block that was cut, if there is one. */
        private final List<PlacedRow> ahead = new ArrayList<>();

        Cutting(Iterator<PlacedRow> rows, int most, long total) {
            this.rows = rows;
            this.most = most;
            this.total = total;
        }

        @Override
        public boolean hasNext() {
            return !cut.isEmpty() || !ahead.isEmpty() || rows.hasNext();
        }

        @Override
        public RowChunk next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (cut.isEmpty()) {
                cut(block());
            }
            return cut.remove();
        }

        /** Up to the end of a batch, whose rest would otherwise be computed a second time. */
        private List<PlacedRow> block() {
            List<PlacedRow> block = new ArrayList<>(ahead);
            ahead.clear();
            while (rows.hasNext()) {
                PlacedRow next = rows.next();
                if (block.size() >= most && batchOf(next) != batchOf(block.get(block.size() - 1))) {
                    ahead.add(next);
                    return block;
                }
                block.add(next);
            }
            return block;
        }

        private void cut(List<PlacedRow> block) {
            block.sort(Comparator.comparingLong(PlacedRow::place));
            List<PlacedRow> together = new ArrayList<>();
            for (PlacedRow row : block) {
                if (!together.isEmpty() && !belongs(row, together)) {
                    cut.add(of(together, total));
                    together = new ArrayList<>();
                }
                together.add(row);
            }
            cut.add(of(together, total));
        }

        private boolean belongs(PlacedRow row, List<PlacedRow> together) {
            PlacedRow before = together.get(together.size() - 1);
            return row.place() != before.place()
                    && batchOf(row) <= batchOf(before) + 1
                    && (batchOf(row) - batchOf(together.get(0))) * BATCH < most;
        }
    }
}
