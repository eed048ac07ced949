package io.vae4j.experiments.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The log importance weights of portions of samples, handed on together when there are enough of them: looking at
 * portions costs as much as many samples, and waits for the device.
 */
public final class GatheredSamples {

    /** So many samples of each example are handed on, or a few more. */
    private static final long ENOUGH = 1000;

    private final NDManager owner;
    private final Consumer<NDArray> then;
    private final List<NDArray> portions = new ArrayList<>();
    private long gathered;

    /**
     * @param owner of what is gathered
     * @param then given all that was gathered, [K, B], which is closed afterwards
     */
    public GatheredSamples(NDManager owner, Consumer<NDArray> then) {
        this.owner = owner;
        this.then = then;
    }

    /** @param logWeight [K, B], nats, of the same examples each time; becomes the owner's */
    public void add(NDArray logWeight) {
        logWeight.attach(owner);
        portions.add(logWeight);
        gathered += logWeight.getShape().get(0);
        if (gathered >= ENOUGH) {
            handOn();
        }
    }

    /** Hands on what there is. */
    public void handOn() {
        if (portions.isEmpty()) {
            return;
        }
        NDList list = new NDList(portions);
        portions.clear();
        gathered = 0;
        // owns what is made on the way as well
        try (NDManager scratch = owner.newSubManager()) {
            NDArray all = list.size() == 1 ? list.get(0) : NDArrays.concat(list, 0);
            all.attach(scratch);
            then.accept(all);
        } finally {
            list.forEach(NDArray::close);
        }
    }
}
