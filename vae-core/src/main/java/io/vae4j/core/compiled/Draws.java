package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Noise that can be drawn a second time: who has to begin anew gets the same. */
final class Draws {

    private record Draw(Shape shape, DataType type, NDArray array) {}

    private final Noise source;
    private final NDManager owner;
    private final List<Draw> drawn = new ArrayList<>();

    /** @param owner of what is drawn */
    Draws(Noise source, NDManager owner) {
        this.source = source;
        this.owner = owner;
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
        // of the right type, with the batch as its owner
        try (NDArray typed = owner.zeros(new Shape(), of.getDataType())) {
            NDArray array = normal ? source.normal(shape, typed) : source.uniform(shape, typed);
            drawn.add(new Draw(shape, of.getDataType(), array));
            return array;
        }
    }
}
