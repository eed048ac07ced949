package io.vae4j.experiments.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What is known of each example besides its values: its class, the factors that made it, or nothing. */
public sealed interface Labels {

    /** More classes than anybody conditions on; a file that has more holds something else. */
    int MOST_CLASSES = 1000;

    /** How many examples have them; empty where nothing is known. */
    OptionalInt count();

    /** The names of the classes; none where examples have no class. */
    default List<String> classNames() {
        return List.of();
    }

    /** The factors that examples were made from; none where they are not known. */
    default List<Factor> factors() {
        return List.of();
    }

    /** All that is known as numbers, example by example. */
    IntStream numbers();

    /** Those of some examples, in this order. */
    Labels select(int... indices);

    /** Nothing is known. */
    static Labels none() {
        return None.INSTANCE;
    }

    /** Classes that have no names but their numbers, 0 to {@code count - 1}. */
    static Labels numbered(int count, int... of) {
        return new Classes(IntStream.range(0, count).mapToObj(Integer::toString).toList(), of);
    }

    /** Nothing is known. */
    enum None implements Labels {
        INSTANCE;

        @Override
        public OptionalInt count() {
            return OptionalInt.empty();
        }

        @Override
        public IntStream numbers() {
            return IntStream.empty();
        }

        @Override
        public Labels select(int... indices) {
            return this;
        }
    }

    /**
     * One class for each example.
     *
     * @param classNames of the classes, at most {@link #MOST_CLASSES}
     * @param of the class of each example, a place in the list of names; shared, not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    record Classes(List<String> classNames, int[] of) implements Labels {

        /**
         * @throws IllegalArgumentException if there is no class, if there are too many, or a label names none of them
         */
        public Classes {
            classNames = List.copyOf(classNames);
            int known = classNames.size();
            if (known < 1 || known > MOST_CLASSES) {
                throw new IllegalArgumentException(known + " classes; from 1 to " + MOST_CLASSES + " are possible");
            }
            IntStream.range(0, of.length)
                    .filter(i -> of[i] < 0 || of[i] >= known)
                    .findFirst()
                    .ifPresent(i -> {
                        throw new IllegalArgumentException(
                                "the label of example " + i + " is " + of[i] + ", not from 0 to " + (known - 1));
                    });
        }

        @Override
        public OptionalInt count() {
            return OptionalInt.of(of.length);
        }

        @Override
        public IntStream numbers() {
            return Arrays.stream(of);
        }

        @Override
        public Classes select(int... indices) {
            return new Classes(
                    classNames, Arrays.stream(indices).map(i -> of[i]).toArray());
        }
    }

    /**
     * The factors that each example was made from, as in generated data.
     *
     * @param factors what they are
     * @param of the value of each factor for each example, [N][factors]; shared, not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
    record Factors(List<Factor> factors, int[][] of) implements Labels {

        /** @throws IllegalArgumentException if an example has another number of factors, or a value that is none */
        public Factors {
            factors = List.copyOf(factors);
            for (int i = 0; i < of.length; i++) {
                requireValues(i, of[i], factors);
            }
        }

        private static void requireValues(int example, int[] values, List<Factor> factors) {
            boolean fits = values.length == factors.size()
                    && IntStream.range(0, values.length)
                            .allMatch(f ->
                                    values[f] >= 0 && values[f] < factors.get(f).values());
            if (!fits) {
                throw new IllegalArgumentException("the factors of example " + example + " are "
                        + Arrays.toString(values) + ", which does not fit " + factors);
            }
        }

        @Override
        public OptionalInt count() {
            return OptionalInt.of(of.length);
        }

        @Override
        public IntStream numbers() {
            return Arrays.stream(of).flatMapToInt(Arrays::stream);
        }

        @Override
        public Labels select(int... indices) {
            return new Factors(
                    factors, Arrays.stream(indices).mapToObj(i -> of[i]).toArray(int[][]::new));
        }
    }

    /**
     * One factor of variation.
     *
     * @param values how many it takes, numbered from 0
     */
    record Factor(String name, int values) {}
}
