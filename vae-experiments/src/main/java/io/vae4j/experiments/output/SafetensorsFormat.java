package io.vae4j.experiments.output;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Safetensors: the length of a JSON header, the header, the tensors. https://github.com/huggingface/safetensors#format
 */
public final class SafetensorsFormat implements OutputFormat {

    private static final int ALIGNMENT = 8;

    @Override
    public String extension() {
        return "safetensors";
    }

    @Override
    public RowWriter begin(Path draft, Contents contents) throws IOException {
        // the widest elements first, so that each tensor is aligned
        List<Column> columns = contents.numbers().stream()
                .sorted(Comparator.comparing(column -> -column.type().getNumOfBytes()))
                .toList();
        byte[] header = header(ColumnRegions.layout(columns, contents.rows(), 0), contents.rows());
        return new Writer(
                new ColumnRegions(draft, ColumnRegions.layout(columns, contents.rows(), header.length), header));
    }

    private static byte[] header(List<ColumnRegions.Region> tensors, long rows) throws IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (ColumnRegions.Region tensor : tensors) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.column().type().asSafetensors());
            entry.put("shape", tensor.column().shape(rows).getShape());
            entry.put("data_offsets", new long[] {tensor.begin(), tensor.end()});
            entries.put(tensor.column().name(), entry);
        }
        byte[] json = new ObjectMapper().writeValueAsString(entries).getBytes(StandardCharsets.UTF_8);
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(length).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }

    private record Writer(ColumnRegions file) implements RowWriter {

        @Override
        public void write(Map<String, NDArray> rows) throws IOException {
            file.write(rows);
        }

        @Override
        public void finish() throws IOException {
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
