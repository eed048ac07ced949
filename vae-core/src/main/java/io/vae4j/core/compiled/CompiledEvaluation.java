package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import java.util.List;

/**
 * Looks at a model without a gradient, as programs: what is computed of examples is taken down once for their shape,
 * and runs as one call from then on, in memory that is used again as soon as nobody reads it. What cannot be a program
 * is computed as ever. Noise is that of the pass. One thread at a time; others wait.
 */
public final class CompiledEvaluation implements AutoCloseable {

    private final Compiler compiler;

    /**
     * @param owner of the programs
     * @param weights of the model, which the programs hold: they may change, and stay the same arrays
     */
    public CompiledEvaluation(NDManager owner, List<NDArray> weights) {
        compiler = new Compiler(owner, List.of(), weights);
    }

    /** What is computed of examples. */
    @FunctionalInterface
    public interface Computation {

        /** An array of the pass's batch, such as {@code model.boundTerms(pass, x, condition, 10).logWeight()}. */
        NDArray of(Pass pass, NDArray x, Condition condition);
    }

    /**
     * What is computed once.
     *
     * @param pass in evaluation; its batch owns the result
     * @param name of the computation, with all numbers that it depends on
     * @param x [B, ...X]
     */
    public synchronized NDArray compute(
            Pass pass, Object name, NDArray x, Condition condition, Computation computation) {
        Object shape =
                condition instanceof Condition.Given given ? given.values().getShape() : "none";
        Object key = List.of(name, x.getShape(), x.getDataType(), shape);
        Compiler.Outcome<NDArray> outcome =
                compiler.run(new Compiler.Run(key, pass.batch(), x, pass.noise()), session -> {
                    Pass symbolic = Pass.evaluation(session.constants(), session.batch(), session.noise());
                    NDArray result = computation.of(symbolic, session.given(x), session.given(condition));
                    session.keep(result);
                    return result;
                });
        return outcome instanceof Compiler.Outcome.Refused<NDArray> refused
                ? computation.of(pass.with(refused.noise()), x, condition)
                : Session.known(((Compiler.Outcome.Done<NDArray>) outcome).result());
    }

    /** The programs so far, as TorchScript. */
    public synchronized List<String> sources() {
        return compiler.sources();
    }

    @Override
    public synchronized void close() {
        compiler.close();
    }
}
