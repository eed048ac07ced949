package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Sets examples aside for the test where a data set comes in one piece, in this project and in plugins: which ones does
 * not depend on a run's seed.
 */
public final class TestShare {

    /** What is set aside where nobody says how much: a tenth. */
    public static final double STANDARD = 0.1;

    private static final long SEED = 0x7E57;

    private TestShare() {}

    /**
     * Refuses a share that leaves nothing on one side, for the constructor of a source that has the key
     * {@code testShare}.
     *
     * @throws InvalidInput if the share is not between 0 and 1
     */
    public static void require(double share) {
        if (!(share > 0 && share < 1)) {
            throw new InvalidInput("data.set.testShare is " + share, "recipe", "give a number between 0 and 1");
        }
    }

    /** Two disjoint parts of all examples, each in the order of the whole. */
    public record Parts(Examples train, Examples test) {}

    /**
     * Which examples are in which part, in an order by chance; for data that are made one part at a time.
     *
     * @param train of those to learn from
     * @param test of those held out
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    public record Places(int[] train, int[] test) {}

    /**
     * Sets a share aside, at least one example; both parts share the memory of all.
     *
     * @throws IllegalArgumentException if none would remain to train on
     */
    public static Parts split(Examples all, double share) {
        Places places = places(all.count(), share);
        return new Parts(all.select(rising(places.train())), all.select(rising(places.test())));
    }

    /**
     * The parts of {@link #split}, of examples that are not there yet.
     *
     * @throws IllegalArgumentException if none would remain to train on
     */
    public static Places places(int count, double share) {
        return places(count, share, SEED);
    }

    static Places places(int count, double share, long seed) {
        int held = (int) Math.max(1, Math.round(count * share));
        if (held >= count) {
            throw new IllegalArgumentException("there are too few examples to set some aside for the test: " + count);
        }
        int[] order = shuffled(count, seed);
        return new Places(Arrays.copyOfRange(order, held, order.length), Arrays.copyOf(order, held));
    }

    /** What {@link Dataset#origins} says of data whose test split was set aside so. */
    public static Map<String, SplitOrigin> origins(double share) {
        return Map.of("test", SplitOrigin.shareOfTraining(share, SEED));
    }

    static int[] rising(int... places) {
        return Arrays.stream(places).sorted().toArray();
    }

    private static int[] shuffled(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }
}
