package io.vae4j.experiments.cli;

import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.Services;
import java.util.List;

/** What {@code --master} needs and this program has only when it was started for it. */
final class Clusters {

    private Clusters() {}

    /**
     * The provider of a service.
     *
     * @throws InvalidInput if there is none
     */
    static <S> S provider(Class<S> service) {
        List<S> all = Services.all(service);
        if (all.isEmpty()) {
            throw new InvalidInput(
                    "the module for Spark is not on the class path",
                    "--master",
                    "start the program by ./vae, which adds it, or add vae-spark and Spark's jars");
        }
        return all.get(0);
    }
}
