package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Noise that can be drawn a second time: who has to begin anew gets the same. */
final class Draws {

    private record Draw(Shape shape, DataType type, NDArray array) {}

    private final Run run;
    private final List<Draw> drawn = new ArrayList<>();

    /** @param run whose batch owns what is drawn */
    Draws(Run run) {
        this.run = run;
    }

    /** From the first one on. */
    Noise again() {
        return from(array -> array);
    }

    /** From the first one on, as symbolic arrays. */
    Noise from(Scribe scribe) {
        return from(scribe::given);
    }

    private Noise from(UnaryOperator<NDArray> given) {
        return new Noise() {

            private int next;

            @Override
            public NDArray normal(Shape shape, NDArray of) {
                return given.apply(draw(next++, shape, of, true));
            }

            @Override
            public NDArray uniform(Shape shape, NDArray of) {
                return given.apply(draw(next++, shape, of, false));
            }
        };
    }

    private NDArray draw(int place, Shape shape, NDArray of, boolean normal) {
        if (place < drawn.size()) {
            Draw known = drawn.get(place);
            if (known.shape().equals(shape) && known.type() == of.getDataType()) {
                return known.array();
            }
            throw new Untraceable("a part draws other noise when it is asked a second time");
        }
        NDArray array = drawn(shape, of.getDataType(), normal);
        drawn.add(new Draw(shape, of.getDataType(), array));
        return array;
    }

    private NDArray drawn(Shape shape, DataType type, boolean normal) {
        NDArray like = run.like();
        if (like.getDataType() == type && like.getManager() == run.batch()) {
            return drawn(shape, like, normal);
        }
        try (NDArray typed = run.batch().zeros(new Shape(), type)) {
            return drawn(shape, typed, normal);
        }
    }

    private NDArray drawn(Shape shape, NDArray like, boolean normal) {
        return normal ? run.noise().normal(shape, like) : run.noise().uniform(shape, like);
    }
}
