package io.vae4j.core.compiled;

import java.util.List;

/**
 * Values are written into an array that is given.
 *
 * @param target a value that is given, or a view of one
 */
record Overwrite(Value target, Value value) implements Statement {

    @Override
    public List<Value> inputs() {
        return List.of(target, value);
    }
}
