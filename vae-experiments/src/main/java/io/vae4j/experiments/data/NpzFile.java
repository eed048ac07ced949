package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A NumPy file of several arrays.
 *
 * @param path an untrusted file
 * @param room what its arrays and all copies of them may take
 */
record NpzFile(Path path, HeapRoom room) {

    private static final List<String> WHOLE = List.of("x", "images", "data", "arr_0");
    private static final List<String> WHOLE_LABELS = List.of("y", "labels", "arr_1");

    /** What the file holds of one split. */
    private record Pair(NumpyArray x, Optional<int[]> y) {}

    Dataset read(double testShare) throws IOException {
        Map<String, Pair> splits = pairs();
        int classes = classes(splits);
        Map<String, Examples> examples = new LinkedHashMap<>();
        for (Map.Entry<String, Pair> split : splits.entrySet()) {
            examples.put(split.getKey(), examples(split.getKey(), split.getValue(), classes));
        }
        Provenance provenance = new Provenance(path.toString(), Map.of(name(), sha256()));
        Optional<Examples> test = Optional.ofNullable(examples.get("test"));
        Examples train = Objects.requireNonNull(examples.get("train"));
        TestShare.Parts parts = test.isPresent() ? new TestShare.Parts(train, test.get()) : split(train, testShare);
        return new ArrayDataset(
                name(), parts.train(), Optional.ofNullable(examples.get("validation")), parts.test(), provenance);
    }

    private TestShare.Parts split(Examples all, double testShare) throws WrongFile {
        named(
                "the copies that set a test split aside",
                () -> room.take(all.values().bytes()));
        return TestShare.split(all, testShare);
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    /** The arrays by split; those to train on are there. */
    private Map<String, Pair> pairs() throws IOException {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (String split : List.of("train", "validation", "test")) {
                pair(zip, split, List.of("x_" + split), List.of("y_" + split))
                        .ifPresent(pair -> pairs.put(split, pair));
            }
            if (!pairs.containsKey("train")) {
                pairs.put(
                        "train",
                        pair(zip, "train", WHOLE, WHOLE_LABELS)
                                .orElseThrow(() -> new WrongFile("there is no array x_train or x")));
            }
        }
        return pairs;
    }

    private Optional<Pair> pair(ZipFile zip, String split, List<String> x, List<String> y) throws IOException {
        Optional<NumpyArray> values = array(zip, x);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Optional<NumpyArray> labels = array(zip, y);
        return Optional.of(new Pair(
                values.get(),
                labels.isEmpty()
                        ? Optional.empty()
                        : Optional.of(named(labelsOf(split), () -> labels.get().wholeNumbers(room)))));
    }

    private static String labelsOf(String split) {
        return "the labels of the " + split + " split";
    }

    private Optional<NumpyArray> array(ZipFile zip, List<String> names) throws IOException {
        for (String name : names) {
            ZipEntry entry = zip.getEntry(name + ".npy");
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    return Optional.of(NumpyArray.read(in, entry.getSize(), room));
                } catch (WrongFile e) {
                    throw new WrongFile("the array " + name + " " + e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** How many classes all splits have together; 0 where there are no labels. */
    private static int classes(Map<String, Pair> splits) throws WrongFile {
        int classes = 0;
        for (Map.Entry<String, Pair> split : splits.entrySet()) {
            int[] labels = split.getValue().y().orElse(new int[0]);
            requireNotNegative(split.getKey(), labels);
            int largest = Arrays.stream(labels).max().orElse(-1);
            if (largest >= Labels.MOST_CLASSES) {
                throw new WrongFile("the labels go up to " + largest + ", and " + Labels.MOST_CLASSES
                        + " classes are the most that make sense");
            }
            classes = Math.max(classes, largest + 1);
        }
        return classes;
    }

    private static void requireNotNegative(String split, int... labels) throws WrongFile {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new WrongFile("in " + labelsOf(split) + ": the label of example " + i + " is " + labels[i]
                        + ", and classes are numbered from 0");
            }
        }
    }

    private Examples examples(String split, Pair arrays, int classes) throws WrongFile {
        String what = "the examples of the " + split + " split";
        Values values = named(what, () -> values(arrays.x()));
        if (arrays.y().isEmpty()) {
            return new Examples(values);
        }
        int[] labels = arrays.y().get();
        return named(labelsOf(split), () -> new Examples(values, Labels.numbered(classes, labels)));
    }

    private Values values(NumpyArray x) throws WrongFile {
        long[] shape = x.shape();
        if (shape.length < 2 || shape.length > 4) {
            throw new WrongFile(
                    "there are " + shape.length + " axes; expected [N, D], [N, H, W], [N, C, H, W] or [N, H, W, C]");
        }
        int count = Math.toIntExact(shape[0]);
        ByteBuffer data = x.isBytes() ? x.data() : x.floats(room);
        Shape event = shape.length == 3
                ? new Shape(1, shape[1], shape[2])
                : new Shape(Arrays.copyOfRange(shape, 1, shape.length));
        if (shape.length == 4 && !isChannel(shape[1]) && isChannel(shape[3])) {
            data = channelsFirst(data, x.isBytes() ? 1 : Float.BYTES, event);
            event = new Shape(shape[3], shape[1], shape[2]);
        }
        return x.isBytes() ? Values.ofBytes(data, count, event) : Values.ofStoredFloats(data, count, event);
    }

    private static boolean isChannel(long axis) {
        return axis == 1 || axis == 3;
    }

    /** [N, H, W, C] as [N, C, H, W], of elements of so many bytes. */
    private ByteBuffer channelsFirst(ByteBuffer last, int width, Shape event) throws WrongFile {
        ByteBuffer first = ByteBuffer.allocate(room.take(last.remaining())).order(last.order());
        int channels = (int) event.get(2);
        int pixels = (int) (event.get(0) * event.get(1));
        for (int to = 0; to < last.remaining() / width; to++) {
            int inside = to % (pixels * channels);
            int from = to - inside + inside % pixels * channels + inside / pixels;
            if (width == Float.BYTES) {
                first.putInt(last.getInt(from * width)); // the bits of a float
            } else {
                first.put(last.get(from));
            }
        }
        return first.flip();
    }

    /** What is read of a part of the file, whose faults are told with the part's name. */
    private interface Reading<T> {
        T read() throws WrongFile;
    }

    private static <T> T named(String part, Reading<T> reading) throws WrongFile {
        try {
            return reading.read();
        } catch (WrongFile | IllegalArgumentException e) {
            throw new WrongFile("in " + part + ": " + e.getMessage());
        }
    }

    private String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Sha256.of(in);
        }
    }
}
