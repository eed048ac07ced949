package io.vae4j.experiments.application;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.output.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelColumnsTest {

    @Test
    void eachFactorHasAColumnOfItsOwn() {
        Labels factors = new Labels.Factors(
                List.of(new Labels.Factor("hair style", 3), new Labels.Factor("smile", 2)),
                new int[][] {{0, 1}, {2, 0}, {1, 1}});
        LabelColumns columns = new LabelColumns(factors);

        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            Map<String, NDArray> rows = columns.rows(manager, 2, 1);

            assertThat(rows).containsOnlyKeys("factor_hair_style", "factor_smile");
            assertThat(columns.columns()).extracting(Column::name).containsExactlyElementsOf(rows.keySet());
            assertThat(rows.values())
                    .extracting(NDArray::toLongArray)
                    .containsExactly(new long[] {1, 2}, new long[] {1, 0});
        }
    }

    @Test
    void whereNothingIsKnownThereIsNoColumn() {
        assertThat(new LabelColumns(Labels.none()).columns()).isEmpty();
    }
}
