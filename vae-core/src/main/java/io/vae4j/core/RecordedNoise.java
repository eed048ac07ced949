package io.vae4j.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** The noise of another source, recorded so that {@link Noise#given} can replay it. */
public final class RecordedNoise implements Noise {

    private final Noise source;
    private final NDManager owner;
    private final List<NDArray> recorded = new ArrayList<>();

    /** Copies are attached to {@code owner} and live as long as it does. */
    public RecordedNoise(Noise source, NDManager owner) {
        this.source = source;
        this.owner = owner;
    }

    @Override
    public NDArray normal(Shape shape, NDArray like) {
        return keep(source.normal(shape, like));
    }

    @Override
    public NDArray uniform(Shape shape, NDArray like) {
        return keep(source.uniform(shape, like));
    }

    /** What was drawn so far, in order. */
    public List<NDArray> samples() {
        return List.copyOf(recorded);
    }

    private NDArray keep(NDArray array) {
        NDArray copy = array.duplicate();
        copy.attach(owner);
        recorded.add(copy);
        return array;
    }
}
