package io.vae4j.experiments.figure;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs on tiny data, trained in no time, as figures see them. */
final class SmallRun implements AutoCloseable {

    private static final int SIDE = 6;

    private final Subject subject;

    private SmallRun(Subject subject) {
        this.subject = subject;
    }

    static SmallRun train(Path folder, String recipe, Dataset data, String... overrides) throws IOException {
        List<String> settings = new ArrayList<>(List.of("train.epochs=1", "train.batch=32"));
        settings.addAll(List.of(overrides));
        try (TrainingSession session = TrainingSession.of(Recipes.find(recipe, settings), data, 0, Device.cpu())) {
            session.run(folder);
        }
        RunFolder run = RunFolder.reading(folder);
        return new SmallRun(new Subject(run, TrainedModel.load(run, Device.cpu()), () -> data));
    }

    Subject subject() {
        return subject;
    }

    /** Pictures of a bar, whose row is the class. */
    static Dataset bars() {
        return data("bars", bars(200), bars(40));
    }

    private static Examples bars(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % SIDE;
            for (int column = 0; column < SIDE; column++) {
                pixels[(i * SIDE + labels[i]) * SIDE + column] = (byte) (column == i % 5 ? 128 : 255);
            }
        }
        Values values = Values.ofBytes(ByteBuffer.wrap(pixels), count, new Shape(1, SIDE, SIDE));
        return new Examples(values, Labels.numbered(SIDE, labels));
    }

    /** Points about a line of the plane. */
    static Dataset points() {
        return data("points", points(300, 1), points(100, 2));
    }

    private static Examples points(int count, long seed) {
        Random random = new Random(seed);
        FloatBuffer values = FloatBuffer.allocate(2 * count);
        for (int i = 0; i < count; i++) {
            double along = random.nextGaussian();
            values.put((float) (along + 0.3 * random.nextGaussian()));
            values.put((float) (0.5 * along + 0.3 * random.nextGaussian()));
        }
        return new Examples(Values.ofFloats(values.flip(), count, new Shape(2)));
    }

    private static Dataset data(String name, Examples train, Examples test) {
        return new ArrayDataset(name, train, test, new Provenance("test", Map.of()));
    }

    @Override
    public void close() {
        subject.close();
        subject.trained().close();
    }
}
