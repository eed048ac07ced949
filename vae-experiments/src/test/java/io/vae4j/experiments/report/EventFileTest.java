package io.vae4j.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.drawing.ImageGrid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L, 250_000_000), ZoneOffset.UTC);

    // Made with the Python package tensorboard 2.21.0: RecordWriter over the serialized messages
    //   Event(wall_time=1700000000.25, file_version="brain.Event:2")
    //   Event(wall_time=1700000000.25, step=469,
    //         summary=Summary(value=[Summary.Value(tag="loss/train", simple_value=163.75)]))
    private static final String GOLDEN =
            "1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9"
                    + "2100000000000000017becf60900001040fc54d94110d5032a130a110a0a6c6f73732f747261696e1500c02343e2a1ad2c";

    @TempDir
    Path folder;

    @Test
    void writesTheBytesThatTensorBoardsOwnWriterWrites() throws IOException {
        EventFile events = EventFile.create(folder, CLOCK);
        try (events) {
            events.scalar(469, "loss/train", 163.75);
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(events.file()))).isEqualTo(GOLDEN);
    }

    @Test
    void nothingWrittenIsLostWhenTheFileIsNeverClosed() throws IOException {
        EventFile events = EventFile.create(folder, CLOCK);
        events.scalar(1, "loss/train", 2);
        int before = EventRecords.records(events.file()).size();
        events.scalar(2, "loss/train", 1);
        assertThat(before).isEqualTo(2);
        assertThat(EventRecords.records(events.file())).hasSize(3);
        events.close();
    }

    @Test
    void everyRecordHoldsWhatWasPutIn() throws IOException {
        ImageGrid grid = ImageGrid.of(new float[] {0, 1, 1, 0}, new Shape(1, 2, 2), 1);
        EventFile events = EventFile.create(folder, CLOCK);
        try (events) {
            events.scalar(0, "verlust/größe", 0);
            events.scalar(5_000_000_000L, "kl/test", Double.NaN);
            events.image(3, "samples", grid);
        }
        List<Map<Integer, Object>> records = EventRecords.records(events.file());
        assertThat(EventRecords.text(records.get(0), 3)).isEqualTo("brain.Event:2");
        assertThat(records).allSatisfy(r -> assertThat(r).containsEntry(1, 1700000000.25));

        Map<Integer, Object> zero = EventRecords.value(records.get(1));
        assertThat(records.get(1)).doesNotContainKey(2);
        assertThat(EventRecords.text(zero, 1)).isEqualTo("verlust/größe");
        assertThat(zero).containsEntry(2, 0f);
        assertThat(records.get(2)).containsEntry(2, 5_000_000_000L);
        assertThat(EventRecords.value(records.get(2))).containsEntry(2, Float.NaN);

        Map<Integer, Object> image = EventRecords.message(EventRecords.value(records.get(3)), 4);
        assertThat(image).containsEntry(1, 4L).containsEntry(2, 4L).containsEntry(3, 1L);
        assertThat((byte[]) image.get(4)).isEqualTo(grid.png());
    }

    @Test
    void aSecondFileInTheSameSecondHasAnotherNameThatTensorBoardAlsoFinds() throws IOException {
        EventFile first = EventFile.create(folder, CLOCK);
        EventFile second = EventFile.create(folder, CLOCK);
        first.close();
        second.close();
        assertThat(second.file()).isNotEqualTo(first.file());
        assertThat(List.of(first.file(), second.file()))
                .allSatisfy(file -> assertThat(file.getFileName().toString())
                        .matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9-]{1,63}(\\.\\d+)?"));
    }

    @Test
    void refusesToWriteAfterItWasClosed() throws IOException {
        EventFile events = EventFile.create(folder, CLOCK);
        events.close();
        events.close();
        assertThatIOException().isThrownBy(() -> events.scalar(1, "loss/train", 1));
    }

    // Made with tensorboard 2.21.0 and protobuf 7.36.2: Event(wall_time=1700000000.25, step=..., summary=...) with
    //   Value(tag="codes/layer-1", histo=HistogramProto(min=1.5, max=1.5, num=2, sum=3, sum_squares=4.5,
    //         bucket_limit=[1.5], bucket=[2])) at step 7
    private static final String HISTOGRAM =
            "0900001040fc54d94110072a540a520a0d636f6465732f6c617965722d312a4109000000000000f83f11000000000000f83f19"
                    + "00000000000000402100000000000008402900000000000012403208000000000000f83f3a080000000000000040";
    //   Value(tag="recipe", tensor=TensorProto(dtype=DT_STRING, tensor_shape={}, string_val=["    a: ü"]),
    //         metadata=text.metadata.create_summary_metadata() with data_class TENSOR) at step 7
    private static final String TEXT =
            "0900001040fc54d94110072a270a250a06726563697065420f08071200420920202020613a20c3bc"
                    + "4a0a0a060a04746578742002";
    //   Value(tag=SESSION_START_INFO_TAG, tensor=NULL_TENSOR, metadata=hparams.metadata.create_summary_metadata(
    //         SessionStartInfo(hparams=..., start_time_secs=1700000000.25)) with data_class TENSOR)
    private static final String START =
            "0900001040fc54d9412a9e010a9b010a1c5f68706172616d735f2f73657373696f6e5f73746172745f696e666f420608011202"
                    + "12004a730a6f0a0768706172616d7312641a620a190a0c6d6f64656c2e6c6174656e7412091100000000000034400a1d0a"
                    + "0f6d6f64656c2e706f73746572696f72120a1a08676175737369616e0a110a047365656412091100000000000000000a0a"
                    + "0a04782e6f6e120220002900001040fc54d9412002";
    //   the same of SessionEndInfo(status=STATUS_SUCCESS, end_time_secs=1700000000.25)
    private static final String END =
            "0900001040fc54d9412a440a420a1a5f68706172616d735f2f73657373696f6e5f656e645f696e666f42060801120212004a1c"
                    + "0a180a0768706172616d73120d220b08011100001040fc54d9412002";

    @Test
    void histogramsTextsAndHyperparametersAreTheMessagesOfTensorBoardsOwnLibrary() throws IOException {
        Map<String, ValueNode> values = new LinkedHashMap<>();
        values.put("model.latent", IntNode.valueOf(20));
        values.put("model.posterior", TextNode.valueOf("gaussian"));
        values.put("seed", LongNode.valueOf(0));
        values.put("x.on", BooleanNode.FALSE);
        EventFile events = EventFile.create(folder, CLOCK);
        try (events) {
            events.histogram(
                    7, "codes/layer-1", Histogram.of(new float[] {1.5f, 1.5f}).orElseThrow());
            events.text(7, "recipe", "    a: ü");
            events.hyperparameters(values);
            events.completed();
        }
        List<String> written = EventRecords.messages(events.file()).stream()
                .map(HexFormat.of()::formatHex)
                .toList();

        assertThat(written.subList(1, written.size())).containsExactly(HISTOGRAM, TEXT, START, END);
    }
}
