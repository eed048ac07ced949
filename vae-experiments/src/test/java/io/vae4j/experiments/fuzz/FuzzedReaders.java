package io.vae4j.experiments.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All readers of files that users hand in. */
final class FuzzedReaders {

    private FuzzedReaders() {}

    static List<FuzzedReader> all() throws IOException {
        List<FuzzedReader> all = new ArrayList<>();
        all.addAll(WeightReaders.all());
        all.addAll(RecipeReaders.all());
        all.addAll(RunReaders.all());
        all.addAll(NumpyReaders.all());
        all.addAll(DataReaders.all());
        all.addAll(PictureReaders.all());
        all.addAll(PluginReaders.all());
        return all;
    }

    static FuzzedReader named(String name) throws IOException {
        List<FuzzedReader> all = all();
        return all.stream()
                .filter(reader -> reader.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no reader " + name + "; there are "
                        + all.stream().map(FuzzedReader::name).toList()));
    }
}
