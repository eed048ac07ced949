package io.vae4j.experiments.evaluation.classifier;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.vae4j.experiments.AtomicFiles;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.TensorFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A classifier that was trained once for a data set and is kept for all runs on it, so that figures in its features can
 * be compared.
 *
 * @param name by which the classifier is known: that of the data, and the beginning of a checksum of their content
 */
public record KeptClassifier(String name, ExampleClassifier classifier) implements AutoCloseable {

    /** Changes whenever the network or its training does. */
    private static final String VERSION = "1";

    private static final long SEED = 0;
    private static final int SHOWN = 12;

    /**
     * Reads the classifier of some data, or trains and keeps it. Of data without checksums it is trained each time, for
     * nobody could tell whether they are the same.
     *
     * @param cache a folder, which need not exist
     * @param data with classes
     * @param narrator told when it is trained
     */
    public static KeptClassifier of(Path cache, Dataset data, Device device, Consumer<String> narrator) {
        DataRecord record = DataRecord.of(data);
        String name = data.name().replaceAll("[^A-Za-z0-9]+", "-") + "-" + digest(record);
        if (record.sha256().isEmpty()) {
            return new KeptClassifier(name, trained(data, device, narrator));
        }
        Path file = cache.resolve("classifiers").resolve(name + ".safetensors");
        return new KeptClassifier(
                name,
                read(file, data, device, narrator)
                        .orElseGet(() -> kept(file, trained(data, device, narrator), narrator)));
    }

    private static ExampleClassifier trained(Dataset data, Device device, Consumer<String> narrator) {
        narrator.accept("training the classifier of " + data.name());
        return new ExampleClassifier(data, device, SEED, epoch -> {});
    }

    private static Optional<ExampleClassifier> read(Path file, Dataset data, Device device, Consumer<String> narrator) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ExampleClassifier classifier = new ExampleClassifier(data, device, SEED);
        try (NDManager scratch = NDManager.newBaseManager(device, "PyTorch")) {
            TensorFile.decode(Files.readAllBytes(file), scratch, classifier.weights(), file.toString());
            return Optional.of(classifier);
        } catch (IOException | RuntimeException e) {
            classifier.close();
            narrator.accept("the kept classifier is damaged: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** One that cannot be kept is as good, and is trained again next time. */
    private static ExampleClassifier kept(Path file, ExampleClassifier classifier, Consumer<String> narrator) {
        try {
            AtomicFiles.replace(file, TensorFile.encode(classifier.weights()));
        } catch (IOException e) {
            narrator.accept("the classifier cannot be kept in " + file + ": " + e.getMessage()
                    + "; set VAE4J_CACHE to a folder that can be written");
        }
        return classifier;
    }

    private static String digest(DataRecord data) {
        String content = VERSION + new TreeSet<>(data.content()) + data.classes() + data.examples() + data.event();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        classifier.close();
    }
}
