package io.vae4j.core.compiled;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A sum of which one operand is a product of matrices that nobody else reads is one call: {@code x + A B}. */
final class Sums {

    private final IdentityHashMap<Value, Integer> reads = new IdentityHashMap<>();
    /** Products that may wait: nothing was changed since that they may have been made of. */
    private final Set<Application> waiting = new HashSet<>();

    private Sums(List<Statement> statements, List<Value> outputs) {
        statements.forEach(statement -> statement.inputs().forEach(this::read));
        outputs.forEach(this::read);
    }

    private void read(Value value) {
        reads.merge(value, 1, Integer::sum);
    }

    /**
     * The same statements with fewer calls.
     *
     * @param outputs what is read when they are done
     */
    static List<Statement> ofProducts(List<Statement> statements, List<Value> outputs) {
        Sums sums = new Sums(statements, outputs);
        Set<Statement> gone = new HashSet<>();
        List<Statement> all = new ArrayList<>();
        for (Statement statement : statements) {
            all.add(sums.fused(statement, gone).orElse(statement));
            sums.pass(statement);
        }
        all.removeAll(gone);
        return all;
    }

    private void pass(Statement statement) {
        if (!(statement instanceof Application made)) {
            waiting.clear();
        } else if (isCall(made, "mm") && reads.getOrDefault(made.outputs().get(0), 0) == 1) {
            waiting.add(made);
        }
    }

    private Optional<Statement> fused(Statement statement, Set<Statement> gone) {
        if (!(statement instanceof Application sum) || !isCall(sum, "add")) {
            return Optional.empty();
        }
        for (int place = 1; place >= 0; place--) {
            Value product = sum.input(place);
            Value other = sum.input(1 - place);
            boolean alike = product.shape().equals(other.shape()) && product.type() == other.type();
            // what is written over must not be multiplied
            if (alike
                    && product.origin() instanceof Application mm
                    && waiting.contains(mm)
                    && !mm.inputs().contains(other)) {
                gone.add(mm);
                Application fused =
                        new Application(Operation.of("addmm", "$0, $1, $2"), List.of(other, mm.input(0), mm.input(1)));
                fused.make(sum.outputs());
                return Optional.of(fused);
            }
        }
        return Optional.empty();
    }

    private static boolean isCall(Application made, String function) {
        return made.expression() instanceof Operation operation
                && operation.function().equals(function)
                && made.inputs().size() == 2;
    }
}
