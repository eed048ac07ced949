package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.Condition;
import java.util.function.UnaryOperator;

/**
 * Some examples of which elements are missing.
 *
 * @param x [B, ...X]
 * @param seen where x is known, [B, ...X]
 */
record IncompleteRows(NDArray x, NDArray seen, Condition condition) {

    /** Those from one place up to, but not, another, owned by {@code owner}. */
    static IncompleteRows of(NDManager owner, NDArray x, NDArray observed, Condition condition, long from, long to) {
        String places = from + ":" + to;
        NDArray known = observed.get(places);
        known.attach(owner);
        IncompleteRows rows =
                new IncompleteRows(x.get(places), known.toType(DataType.BOOLEAN, true), condition.rows(from, to));
        rows.x.attach(owner);
        if (rows.condition instanceof Condition.Given given) {
            given.values().attach(owner);
        }
        return rows;
    }

    /** As many as are wanted, the last one again and again behind them. */
    IncompleteRows padded(long count) {
        return mapped(rows -> padded(rows, count));
    }

    private static NDArray padded(NDArray rows, long count) {
        long missing = count - rows.getShape().get(0);
        return missing == 0
                ? rows
                : NDArrays.concat(new NDList(rows, rows.get("-1:").repeat(0, missing)), 0);
    }

    /** Each so many times in a row. */
    IncompleteRows repeated(long times) {
        return mapped(rows -> rows.repeat(0, times));
    }

    private IncompleteRows mapped(UnaryOperator<NDArray> change) {
        return new IncompleteRows(
                change.apply(x),
                change.apply(seen),
                condition instanceof Condition.Given given ? Condition.given(change.apply(given.values())) : condition);
    }

    /** Until the borrower closes, results of operations on them belong to it. */
    void lend(NDManager borrower) {
        x.tempAttach(borrower);
        seen.tempAttach(borrower);
        if (condition instanceof Condition.Given given) {
            given.values().tempAttach(borrower);
        }
    }

    /** Observed values where there are any. */
    NDArray completed(NDArray drawn) {
        return NDArrays.where(seen, x, drawn);
    }
}
