package io.vae4j.core.compiled;

import java.util.List;

/** An expression with its operands. */
final class Application implements Value.Origin, Statement {

    private final Expression expression;
    private final List<Value> inputs;
    private List<Value> outputs = List.of();

    Application(Expression expression, List<Value> inputs) {
        this.expression = expression;
        this.inputs = List.copyOf(inputs);
    }

    Expression expression() {
        return expression;
    }

    @Override
    public List<Value> inputs() {
        return inputs;
    }

    Value input(int place) {
        return inputs.get(place);
    }

    /** What it makes. */
    List<Value> outputs() {
        return outputs;
    }

    void make(List<Value> made) {
        outputs = List.copyOf(made);
    }
}
