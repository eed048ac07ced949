package io.vae4j.experiments.sweep;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ValueNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.vae4j.experiments.recipe.RecipeValues;
import io.vae4j.experiments.run.Manifest;
import io.vae4j.experiments.run.Measurement;
import io.vae4j.experiments.run.MetricsFile;
import io.vae4j.experiments.run.RunFiles;
import io.vae4j.experiments.run.RunFolder;
import io.vae4j.experiments.run.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend whose runs follow curves that are known, {@code 100 + |latent - 7| + 10 / epoch + seed / 100}, so that
 * thousands of them take seconds. What they write are run folders like any others. Latent 3 fails.
 */
final class KnownCurves implements RunBackend {

    private final int slots;
    private final List<String> trained = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> evaluated = Collections.synchronizedList(new ArrayList<>());
    private final String metric;
    private int losing;

    KnownCurves(int slots) {
        this(slots, "loss");
    }

    /** @param metric that its runs measure */
    KnownCurves(int slots, String metric) {
        this.slots = slots;
        this.metric = metric;
    }

    /** The same, of which the first so many calls end with the death of a process after an epoch. */
    KnownCurves losing(int times) {
        losing = times;
        return this;
    }

    static double loss(long latent, int epoch, long seed) {
        return 100 + Math.abs(latent - 7) + 10.0 / epoch + seed / 100.0;
    }

    /** Every epoch that was trained, as {@code run:epoch}, in order. */
    List<String> trained() {
        return trained;
    }

    /** The runs whose test examples were looked at. */
    List<String> evaluated() {
        return evaluated;
    }

    @Override
    public List<String> slots() {
        return Collections.nCopies(slots, "here");
    }

    @Override
    public End train(Order order, int slot) {
        try {
            long latent = value(order, "model.latent");
            if (latent == 3) {
                return new End.Failed("3 is no good");
            }
            boolean dies = calls.getAndIncrement() < losing;
            int until = order.until().orElse((int) value(order, "train.epochs"));
            int done = done(order);
            write(order, latent, done, dies ? Math.min(until, done + 1) : until);
            return dies ? new End.Lost("killed") : new End.Reached();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Order order, long latent, int done, int until) throws IOException {
        boolean begun = Files.exists(order.folder().resolve(RunFolder.RECIPE));
        try (RunFolder run = begun ? RunFolder.open(order.folder()) : RunFolder.create(order.folder())) {
            if (!begun) {
                Manifest manifest = JsonMapper.builder()
                        .addModule(new Jdk8Module())
                        .build()
                        .readValue("{\"seed\":" + order.seed() + "}", Manifest.class);
                run.write(manifest, Files.readString(order.recipe()));
            }
            for (int epoch = done + 1; epoch <= until; epoch++) {
                double loss = loss(latent, epoch, order.seed());
                run.append(List.of(new Measurement(epoch, epoch, Split.VALIDATION, Map.of(metric, loss))));
                trained.add(order.name() + ":" + epoch);
            }
        }
    }

    private static int done(Order order) throws IOException {
        return Files.isDirectory(order.folder())
                ? MetricsFile.read(new RunFiles(order.folder())).history().epochs()
                : 0;
    }

    private static long value(Order order, String key) throws IOException {
        Map<String, ValueNode> recipe = RecipeValues.of(
                        Files.readString(order.recipe()), order.recipe().toString())
                .orElseThrow();
        return Objects.requireNonNull(recipe.get(key)).asLong();
    }

    @Override
    public Optional<String> evaluate(Order order, SweepSpec.Evaluated how, int slot) {
        evaluated.add(order.name());
        return Optional.of("a curve has no likelihood");
    }

    @Override
    public void stop() {
        // a curve is at its end at once
    }

    @Override
    public void close() {
        // nothing is held
    }
}
