package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.WithoutGradient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at a model without a gradient, as programs: what is computed of examples is taken down when their shape comes a
 * second time, and runs as one call from then on. What cannot be a program is computed as ever. Noise is that of the
 * pass. One thread at a time; others wait.
 */
public final class CompiledEvaluation implements AutoCloseable {

    /** So many shapes are remembered, more than there are programs. */
    private static final int MOST_SEEN = 256;

    private final Compiler compiler;
    private final Refusals refusals = new Refusals("an evaluation is computed");
    private final Map<Object, Boolean> seen = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > MOST_SEEN;
        }
    };

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
     * What is computed of some examples, without a gradient.
     *
     * @param pass in evaluation; its batch owns the result
     * @param name of the computation, with all numbers that it depends on
     * @param x [B, ...X]
     */
    public synchronized NDArray compute(
            Pass pass, Object name, NDArray x, Condition condition, Computation computation) {
        Run run = Run.of(name, pass.batch(), x, condition, pass.noise());
        // a shape that comes once is not worth a program
        boolean again = Boolean.TRUE.equals(seen.put(run.key(), true));
        return WithoutGradient.compute(
                () -> again ? asProgram(run, pass, x, condition, computation) : computation.of(pass, x, condition));
    }

    private NDArray asProgram(Run run, Pass pass, NDArray x, Condition condition, Computation computation) {
        Outcome<NDArray> outcome = compiler.run(run, session -> {
            Pass symbolic = Pass.evaluation(session.constants(), session.batch(), session.noise());
            NDArray result = computation.of(symbolic, session.given(x), session.given(condition));
            session.keep(result);
            return result;
        });
        if (outcome instanceof Outcome.Refused<NDArray> refused) {
            refusals.tell(refused.reason());
            return computation.of(pass.with(refused.noise()), x, condition);
        }
        return Session.known(((Outcome.Done<NDArray>) outcome).result());
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
