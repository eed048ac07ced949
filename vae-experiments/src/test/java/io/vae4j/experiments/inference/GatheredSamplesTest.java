package io.vae4j.experiments.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheredSamplesTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Float> values = new ArrayList<>();
    private final List<NDArray> made = new ArrayList<>();
    private final GatheredSamples gathered = new GatheredSamples(manager, all -> {
        shapes.add(all.getShape());
        made.add(all.mul(all));
        for (float value : all.toFloatArray()) {
            values.add(value);
        }
    });

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void allSamplesAreHandedOnOnceAndInTheirOrder() {
        List<Float> expected = new ArrayList<>();
        for (int portion = 0; portion < 23; portion++) {
            try (NDManager scratch = manager.newSubManager()) {
                gathered.add(scratch.full(new Shape(100, 1), (float) portion));
            }
            for (int i = 0; i < 100; i++) {
                expected.add((float) portion);
            }
        }
        assertThat(shapes).containsExactly(new Shape(1000, 1), new Shape(1000, 1));
        gathered.handOn();
        gathered.handOn();

        assertThat(shapes).hasSize(3).last().isEqualTo(new Shape(300, 1));
        assertThat(values).isEqualTo(expected);
    }

    @Test
    void nothingIsKeptOfWhatWasHandedOnOrMadeOfIt() {
        NDArray portion = manager.ones(new Shape(1000, 2));
        gathered.add(portion);

        assertThat(portion.isReleased()).isTrue();
        assertThat(made).hasSize(1).allMatch(NDArray::isReleased);
        assertThat(manager.getManagedArrays()).isEmpty();
    }
}
