package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.vae4j.core.HostCopy;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.training.ModelState;
import io.vae4j.core.training.TrainingStep;
import io.vae4j.core.training.WeightAverage;
import io.vae4j.experiments.training.localsgd.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The arrays that a checkpoint holds, in the order of their names, to be read and written as one row of numbers. */
final class StateArrays {

    private final List<NDArray> arrays;

    private StateArrays(List<NDArray> arrays) {
        this.arrays = arrays;
    }

    /** Those of a model and of the step that trains it. */
    static StateArrays of(LatentModel model, TrainingStep step) {
        List<NDArray> all = new ArrayList<>(ModelState.tensors(model).values());
        all.addAll(step.state().values());
        step.average().map(WeightAverage::tensors).map(Map::values).ifPresent(all::addAll);
        all.stream()
                .filter(array -> array.getDataType() != DataType.FLOAT32)
                .findFirst()
                .ifPresent(array -> {
                    throw new IllegalArgumentException("a parameter or a moment of type " + array.getDataType()
                            + " cannot be averaged with those of other workers; expected FLOAT32");
                });
        return new StateArrays(all);
    }

    /** Their numbers; this waits for the device. */
    TrainingState read() {
        float[] numbers = new float[size()];
        int place = 0;
        for (NDArray array : arrays) {
            float[] part = HostCopy.read(array, NDArray::toFloatArray);
            System.arraycopy(part, 0, numbers, place, part.length);
            place += part.length;
        }
        return new TrainingState(numbers);
    }

    /**
     * Writes numbers that were read from arrays of the same names and shapes.
     *
     * @param parent of the memory that is needed on the way
     */
    void write(TrainingState state, NDManager parent) {
        float[] numbers = state.numbers();
        if (numbers.length != size()) {
            throw new IllegalArgumentException(
                    "a state of " + numbers.length + " numbers is for another model than this" + " one, which has "
                            + size() + "; train the same recipe by the same version on all machines");
        }
        try (NDManager scratch = parent.newSubManager()) {
            int place = 0;
            for (NDArray array : arrays) {
                int end = place + Math.toIntExact(array.size());
                try (NDArray part = scratch.create(Arrays.copyOfRange(numbers, place, end), array.getShape())) {
                    Aten.overwrite(array, part);
                }
                place = end;
            }
        }
    }

    private int size() {
        return Math.toIntExact(arrays.stream().mapToLong(NDArray::size).sum());
    }
}
