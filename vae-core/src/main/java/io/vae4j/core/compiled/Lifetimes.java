package io.vae4j.core.compiled;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Which values share memory, and when each memory is read for the last time. */
final class Lifetimes {

    private final IdentityHashMap<Value, Value> parents = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Integer> lastReads = new IdentityHashMap<>();
    /** Memory that is not the program's own, or of which it is not known who else sees it. */
    private final Set<Value> foreign = new HashSet<>();
    /** Values that show all of their memory, each number once. */
    private final Set<Value> whole = new HashSet<>();

    Lifetimes(List<Statement> statements, List<Value> outputs) {
        for (Statement statement : statements) {
            if (statement instanceof Application made) {
                place(made);
            }
        }
        for (int i = 0; i < statements.size(); i++) {
            for (Value read : statements.get(i).inputs()) {
                lastReads.put(root(read), i);
            }
        }
        outputs.forEach(output -> foreign.add(root(output)));
    }

    private void place(Application made) {
        switch (made.expression().storage()) {
            case POINTWISE, NEW -> whole.addAll(made.outputs());
            case VIEW -> view(made);
            case ANY -> shared(made);
        }
    }

    private void view(Application made) {
        Value view = made.outputs().get(0);
        Value of = made.input(0);
        parents.put(view, of);
        if (whole.contains(of) && view.shape().size() == of.shape().size()) {
            whole.add(view);
        }
    }

    private void shared(Application made) {
        List<Value> all = new ArrayList<>(made.inputs());
        all.addAll(made.outputs());
        Value first = root(all.get(0));
        for (Value other : all) {
            Value root = root(other);
            if (root != first) {
                boolean strange = foreign.contains(root);
                parents.put(root, first);
                if (strange) {
                    foreign.add(first);
                }
            }
        }
        foreign.add(first);
    }

    private Value root(Value value) {
        Value root = value;
        for (Value parent = parents.get(root); parent != null; parent = parents.get(root)) {
            root = parent;
        }
        return root;
    }

    /**
     * Whether only a statement reads memory from now on, and reads it once.
     *
     * @param read the memory that it has read so far
     */
    boolean isForOne(int statement, Value value, Set<Value> read) {
        Value root = root(value);
        return root.origin() instanceof Application
                && !foreign.contains(root)
                && lastReads.getOrDefault(root, -1) == statement
                && read.add(root);
    }

    /** Whether a statement may write over one of its operands. */
    boolean mayOverwrite(int statement, Application made, int operand) {
        Value over = made.input(operand);
        Value root = root(over);
        return over.origin() instanceof Application
                && !foreign.contains(root)
                && root.origin() instanceof Application
                && whole.contains(over)
                && lastReads.getOrDefault(root, -1) == statement
                && over.shape().equals(made.outputs().get(0).shape())
                && over.type() == made.outputs().get(0).type()
                && made.inputs().stream().allMatch(other -> other == over || root(other) != root);
    }
}
