package io.vae4j.experiments.recipe;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import io.vae4j.experiments.data.DatasetProvider;
import io.vae4j.experiments.data.DatasetSource;
import io.vae4j.experiments.data.Datasets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of parts that recipes may name, of this project and of plugins. */
final class Kinds {

    private final Map<Class<?>, Map<String, Class<?>>> byPart = new LinkedHashMap<>();

    private Kinds() {}

    /**
     * All kinds that are there now.
     *
     * @throws InvalidInput if two kinds of one part have one name
     */
    static Kinds all() {
        Kinds kinds = new Kinds();
        for (RecipeParts parts : Services.all(RecipeParts.class)) {
            Services.ask(parts, kinds::registered);
        }
        for (DatasetProvider provider : Datasets.providers()) {
            Services.ask(provider, kinds::registered);
        }
        return kinds;
    }

    /** The types that a part may have by the name of their kind; none for what is no part. */
    Map<String, Class<?>> of(Class<?> part) {
        return byPart.getOrDefault(part, Map.of());
    }

    /** The parts. */
    Iterable<Map.Entry<Class<?>, Map<String, Class<?>>>> parts() {
        return byPart.entrySet();
    }

    private Kinds registered(RecipeParts parts) {
        parts.register(registry(parts.getClass().getName()));
        return this;
    }

    private Kinds registered(DatasetProvider provider) {
        add(
                DatasetSource.class,
                provider.kind(),
                provider.source(),
                provider.getClass().getName());
        return this;
    }

    private RecipeParts.Registry registry(String provider) {
        return new RecipeParts.Registry() {
            @Override
            public <P> void add(Class<P> part, String kind, Class<? extends P> type) {
                Kinds.this.add(part, kind, type, provider);
            }
        };
    }

    private void add(Class<?> part, String kind, Class<?> type, String provider) {
        if (!type.isRecord()) {
            throw new InvalidInput(
                    "the kind " + kind + " is no record but " + type.getName(), provider, "register a record");
        }
        Map<String, Class<?>> known = byPart.computeIfAbsent(part, p -> new LinkedHashMap<>());
        if (known.putIfAbsent(kind, type) != null) {
            throw new InvalidInput(
                    "there is already a kind '" + kind + "' of " + part.getSimpleName(),
                    provider,
                    "give it another name");
        }
    }
}
