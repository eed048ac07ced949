package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Sets examples to train on aside to validate by, for early stopping and choices among models: always the same ones,
 * whatever the seed of a run. The test split stays what it is.
 */
public final class ValidationShare {

    private static final long SEED = 0xCA11;

    private ValidationShare() {}

    /**
     * The same data with such a split; both parts share the memory of all.
     *
     * @param share of the examples to train on, between 0 and 1
     * @throws InvalidInput if the data have a validation split of their own, or too few examples
     */
    public static Dataset of(Dataset data, double share) {
        if (data.validation().isPresent()) {
            throw new InvalidInput(
                    "the data have a validation split of their own, and another was asked for",
                    data.name(),
                    "leave data.validationShare away");
        }
        TestShare.Places places = places(data, share);
        Map<String, SplitOrigin> origins = new TreeMap<>(data.origins());
        origins.put("validation", SplitOrigin.shareOfTraining(share, SEED));
        return data.select(new Selection(
                new Selection.Part("train", TestShare.rising(places.train())),
                Optional.of(new Selection.Part("train", TestShare.rising(places.test()))),
                new Selection.Part(
                        "test", IntStream.range(0, data.test().count()).toArray()),
                data.train().labels().classNames(),
                origins));
    }

    private static TestShare.Places places(Dataset data, double share) {
        try {
            return TestShare.places(data.train().count(), share, SEED);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "there are too few examples to train on to set some aside: "
                            + data.train().count(),
                    data.name(),
                    "give more of them, or a smaller data.validationShare");
        }
    }
}
