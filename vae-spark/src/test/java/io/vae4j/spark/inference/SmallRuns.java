package io.vae4j.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.cli.VaeCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs that the command line has trained on tiny pictures, each once for all tests, and what it says of others: the
 * figures that a cluster's are held against.
 */
final class SmallRuns implements ParameterResolver {

    static final int SIDE = 6;
    static final int PIXELS = SIDE * SIDE;
    static final int CLASSES = 3;

    /** No multiple of a batch. */
    static final int COUNT = 67;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Trained.class;
    }

    @Override
    public Trained resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(SmallRuns.class))
                .computeIfAbsent("runs", key -> Trained.make(), Trained.class);
    }

    /** The levels of a picture: a bar whose place says its class, more or less gray. */
    static byte[] picture(int i) {
        byte[] pixels = new byte[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            boolean lit = p % SIDE / (SIDE / CLASSES) == i % CLASSES;
            pixels[p] = (byte) (lit ? 255 - i % 50 : (i * 7 + p * 13) % 60);
        }
        return pixels;
    }

    static int label(int i) {
        return i % CLASSES;
    }

    /** A number of each row of a table. */
    static double height(int i) {
        return 150 + (i * 37) % 50;
    }

    /** Another, which goes with it. */
    static double weight(int i) {
        return 0.5 * height(i) + (i * 11) % 9;
    }

    /**
     * A folder of runs.
     *
     * @param home holds {@code small.npz}, whose test split is {@link #picture} 0 and those behind it, and tables
     * @param scored what the command line says, by run
     */
    record Trained(Path home, Map<String, List<Map<String, Double>>> scored) implements AutoCloseable {

        static Trained make() {
            try {
                Trained trained = new Trained(Files.createTempDirectory("vae4j-small-runs"), new HashMap<>());
                trained.writeData();
                return trained;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            AtomicFiles.delete(home);
        }

        private void writeData() throws IOException {
            try (NDManager manager = NDManager.newBaseManager();
                    OutputStream out = Files.newOutputStream(data())) {
                NDList arrays = new NDList();
                arrays.addAll(split(manager, "train", 200));
                arrays.addAll(split(manager, "test", COUNT));
                arrays.encode(out, NDList.Encoding.NPZ);
            }
            writeTable("train.csv", 100, 300);
            writeTable("test.csv", 0, COUNT);
        }

        private static NDList split(NDManager manager, String name, int count) {
            ByteBuffer pixels = ByteBuffer.allocate(count * PIXELS);
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                pixels.put(picture(i));
                labels[i] = label(i);
            }
            NDArray x = manager.create(pixels.rewind(), new Shape(count, 1, SIDE, SIDE), DataType.UINT8);
            x.setName("x_" + name);
            NDArray y = manager.create(labels);
            y.setName("y_" + name);
            return new NDList(x, y);
        }

        private void writeTable(String name, int from, int to) throws IOException {
            List<String> lines = new ArrayList<>(List.of("height,weight"));
            for (int i = from; i < to; i++) {
                lines.add(height(i) + "," + weight(i));
            }
            Files.write(home.resolve(name), lines);
        }

        Path data() {
            return home.resolve("small.npz");
        }

        /** The folder of a run by a recipe, which is trained where it is not there. */
        String run(String recipe) {
            return trained(recipe, data());
        }

        /** The folder of a run that was trained on a table. */
        String table() {
            return trained("table", home.resolve("train.csv"));
        }

        private String trained(String recipe, Path data) {
            String run = home.resolve(recipe).toString();
            if (!Files.exists(Path.of(run))) {
                String settings = "--epochs 2 --seed 1 --device cpu --set model.network.hidden=[8] --set model.latent=2"
                        + " --set train.batch=50";
                List<String> command =
                        new ArrayList<>(List.of("train", recipe, "--data", data.toString(), "--out", run));
                command.addAll(List.of(settings.split(" ")));
                vae(command.toArray(String[]::new));
            }
            return run;
        }

        /** What {@code ./vae score} says of the test examples, in their order. */
        List<Map<String, Double>> scores(String recipe) {
            return scored.computeIfAbsent(recipe, key -> inOrder(locally("score", run(key))));
        }

        /** What it says of the rows of a table. */
        List<Map<String, Double>> scoresOfTable() {
            return inOrder(locally(home.resolve("test.csv"), "score", table()));
        }

        private static List<Map<String, Double>> inOrder(List<Map<String, Double>> scores) {
            return scores.stream()
                    .sorted(Comparator.comparingDouble(row -> Objects.requireNonNull(row.get("index"))))
                    .toList();
        }

        /** What a command of one machine writes of the test examples. */
        List<Map<String, Double>> locally(String... command) {
            return locally(data(), command);
        }

        private List<Map<String, Double>> locally(Path data, String... command) {
            Path file = home.resolve("local.csv");
            List<String> all = new ArrayList<>(List.of(command));
            all.addAll(List.of("--data", data.toString(), "--out", file.toString(), "--device", "cpu", "--quiet"));
            vae(all.toArray(String[]::new));
            CSVFormat headed = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, headed)) {
                return rows.stream().map(Trained::numbers).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Map<String, Double> numbers(CSVRecord row) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            row.toMap().forEach((name, cell) -> numbers.put(name, Double.valueOf(cell)));
            return numbers;
        }

        /** Runs a command in this process. */
        static void vae(String... arguments) {
            PrintStream out = System.out;
            try {
                System.setOut(new PrintStream(OutputStream.nullOutputStream()));
                assertThat(VaeCommand.run(arguments)).isZero();
            } finally {
                System.setOut(out);
            }
        }
    }
}
