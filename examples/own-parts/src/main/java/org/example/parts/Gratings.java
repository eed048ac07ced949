package org.example.parts;

import ai.djl.ndarray.types.Shape;
import io.vae4j.core.distribution.Support;
import io.vae4j.experiments.Default;
import io.vae4j.experiments.Example;
import io.vae4j.experiments.data.ArrayDataset;
import io.vae4j.experiments.data.DataAccess;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Examples;
import io.vae4j.experiments.data.Labels;
import io.vae4j.experiments.data.Provenance;
import io.vae4j.experiments.data.Values;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A data set that is made, not read: gratings at some angle, horizontal or vertical ones by their class. */
public final class Gratings implements DatasetProvider {

    @Override
    public String kind() {
        return "gratings";
    }

    @Override
    public Class<? extends DatasetSource> source() {
        return GratingsSource.class;
    }

    /** It lies nowhere. */
    @Override
    public Optional<DatasetSource> at(Path path) {
        return Optional.empty();
    }

    /** {@code data: {set: {kind: gratings, side: 12, count: 1000}}}. */
    @Example("{kind: gratings, side: 8, count: 100}")
    public record GratingsSource(@Default("12") int side, @Default("1000") int count) implements DatasetSource {

        @Override
        public Dataset load(DataAccess access) {
            Provenance made = new Provenance("made by own-parts", Map.of());
            return new ArrayDataset("gratings", examples(count, 1), examples(Math.max(1, count / 5), 2), made);
        }

        @Override
        public Optional<Support> support() {
            return Optional.of(Support.UNIT_INTERVAL);
        }

        private Examples examples(int wanted, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] pixels = new float[wanted * side * side];
            int[] classes = new int[wanted];
            for (int i = 0; i < wanted; i++) {
                classes[i] = random.nextInt(2);
                double phase = random.nextDouble(2 * Math.PI);
                for (int p = 0; p < side * side; p++) {
                    int place = classes[i] == 0 ? p / side : p % side;
                    pixels[i * side * side + p] = (float) (0.5 + 0.5 * Math.sin(phase + place));
                }
            }
            Values values = Values.ofFloats(FloatBuffer.wrap(pixels), wanted, new Shape(1, side, side));
            return new Examples(values, new Labels.Classes(List.of("horizontal", "vertical"), classes));
        }
    }
}
