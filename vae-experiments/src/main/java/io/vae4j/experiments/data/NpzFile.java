package io.vae4j.experiments.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A NumPy file of several arrays.
 *
 * @param path an untrusted file
 */
record NpzFile(Path path) {

    private static final List<String> WHOLE = List.of("x", "images", "data", "arr_0");
    private static final List<String> WHOLE_LABELS = List.of("y", "labels", "arr_1");

    /** The arrays that hold one split. */
    private record Pair(NumpyArray x, Optional<NumpyArray> y) {}

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
        TestShare.Parts parts =
                test.map(held -> new TestShare.Parts(train, held)).orElseGet(() -> TestShare.split(train, testShare));
        return new ArrayDataset(
                name(), parts.train(), Optional.ofNullable(examples.get("validation")), parts.test(), provenance);
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    /** The arrays by split; those to train on are there. */
    private Map<String, Pair> pairs() throws IOException {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (String split : List.of("train", "validation", "test")) {
                pair(zip, List.of("x_" + split), List.of("y_" + split)).ifPresent(pair -> pairs.put(split, pair));
            }
            if (!pairs.containsKey("train")) {
                pairs.put(
                        "train",
                        pair(zip, WHOLE, WHOLE_LABELS)
                                .orElseThrow(() -> new WrongFile("there is no array x_train or x")));
            }
        }
        return pairs;
    }

    private static Optional<Pair> pair(ZipFile zip, List<String> x, List<String> y) throws IOException {
        Optional<NumpyArray> values = array(zip, x);
        return values.isEmpty() ? Optional.empty() : Optional.of(new Pair(values.get(), array(zip, y)));
    }

    private static Optional<NumpyArray> array(ZipFile zip, List<String> names) throws IOException {
        for (String name : names) {
            ZipEntry entry = zip.getEntry(name + ".npy");
            if (entry != null) {
                try (InputStream in = zip.getInputStream(entry)) {
                    return Optional.of(NumpyArray.read(in, entry.getSize()));
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
            Optional<NumpyArray> labels = split.getValue().y();
            if (labels.isPresent()) {
                int[] of = named(
                        "the labels of the " + split.getKey() + " split",
                        () -> labels.get().wholeNumbers());
                requireNotNegative(split.getKey(), of);
                classes = Math.max(classes, Arrays.stream(of).max().orElse(-1) + 1);
            }
        }
        if (classes > Labels.MOST_CLASSES) {
            throw new WrongFile("the labels go up to " + (classes - 1) + ", and " + Labels.MOST_CLASSES
                    + " classes are the most that make sense");
        }
        return classes;
    }

    private static void requireNotNegative(String split, int... labels) throws WrongFile {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new WrongFile("in the labels of the " + split + " split: the label of example " + i + " is "
                        + labels[i] + ", and classes are numbered from 0");
            }
        }
    }

    private static Examples examples(String split, Pair arrays, int classes) throws WrongFile {
        String what = "the examples of the " + split + " split";
        Values values = named(what, () -> values(arrays.x()));
        if (arrays.y().isEmpty()) {
            return new Examples(values);
        }
        NumpyArray labels = arrays.y().get();
        return named(
                "the labels of the " + split + " split",
                () -> new Examples(values, Labels.numbered(classes, labels.wholeNumbers())));
    }

    private static Values values(NumpyArray x) throws WrongFile {
        long[] shape = x.shape();
        if (shape.length < 2 || shape.length > 4) {
            throw new WrongFile(
                    "there are " + shape.length + " axes; expected [N, D], [N, H, W], [N, C, H, W] or [N, H, W, C]");
        }
        int count = Math.toIntExact(shape[0]);
        if (shape.length == 4 && !isChannel(shape[1]) && isChannel(shape[3])) {
            return channelsFirst(x, count);
        }
        Shape event = shape.length == 3
                ? new Shape(1, shape[1], shape[2])
                : new Shape(Arrays.copyOfRange(shape, 1, shape.length));
        return x.isBytes() ? Values.ofBytes(x.data(), count, event) : Values.ofFloats(x.floats(), count, event);
    }

    private static boolean isChannel(long axis) {
        return axis == 1 || axis == 3;
    }

    /** [N, H, W, C] as [N, C, H, W]. */
    private static Values channelsFirst(NumpyArray x, int count) throws WrongFile {
        int pixels = Math.toIntExact(x.shape()[1] * x.shape()[2]);
        int channels = (int) x.shape()[3];
        Shape event = new Shape(channels, x.shape()[1], x.shape()[2]);
        int[] from = IntStream.range(0, count * pixels * channels)
                .map(to -> (to / (pixels * channels) * pixels + to % pixels) * channels + to / pixels % channels)
                .toArray();
        if (x.isBytes()) {
            ByteBuffer bytes = ByteBuffer.allocate(from.length);
            Arrays.stream(from).forEach(i -> bytes.put(x.data().get(i)));
            return Values.ofBytes(bytes.flip(), count, event);
        }
        FloatBuffer all = x.floats();
        FloatBuffer floats = FloatBuffer.allocate(from.length);
        Arrays.stream(from).forEach(i -> floats.put(all.get(i)));
        return Values.ofFloats(floats.flip(), count, event);
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
