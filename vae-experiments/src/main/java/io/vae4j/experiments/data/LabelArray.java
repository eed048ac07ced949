package io.vae4j.experiments.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The labels of one split of a NumPy file.
 *
 * @param name of the array
 * @param of the class of each example, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on, and never changed
record LabelArray(String name, int[] of) {

    private static final String NUMBER_THEM = "number the classes from 0, alike in all splits, or leave the labels out";

    /** @throws WrongFile if these are not so many classes */
    static LabelArray of(NamedArrays.Named labels, int examples, HeapRoom room) throws WrongFile {
        NumpyArray array = labels.array();
        if (array.elements() != examples) {
            throw new WrongFile(
                    "the array " + labels.name() + " holds " + array.elements() + " labels for " + examples
                            + " examples",
                    array.shape().length == 2
                            ? "of one-hot labels save numpy.argmax(" + labels.name() + ", axis=1)"
                            : "save one label for each example");
        }
        int[] of = new int[taken(labels, room) / Integer.BYTES];
        for (int i = 0; i < of.length; i++) {
            of[i] = label(labels, i);
        }
        return new LabelArray(labels.name(), of);
    }

    private static int taken(NamedArrays.Named labels, HeapRoom room) throws WrongFile {
        try {
            return room.take(labels.array().elements() * Integer.BYTES);
        } catch (WrongFile e) {
            throw e.after("the array " + labels.name());
        }
    }

    private static int label(NamedArrays.Named labels, int i) throws WrongFile {
        double value = labels.array().number(i);
        String which = "label " + i + " of " + labels.name() + " is ";
        if (value != Math.rint(value)) {
            throw new WrongFile(which + value + ", not a whole number", NUMBER_THEM);
        }
        if (value < 0 || value >= Labels.MOST_CLASSES) {
            throw new WrongFile(
                    which + (long) value + "; classes are numbers from 0 to " + (Labels.MOST_CLASSES - 1), NUMBER_THEM);
        }
        return (int) value;
    }

    /** How many classes they show; a number between that does not occur is a class, too. */
    int classes() {
        return Arrays.stream(of).max().orElse(-1) + 1;
    }

    /**
     * Holds them against the labels of the examples to train on: of a class that never occurs there, a model would be
     * asked for what it never saw.
     */
    void requireAmong(LabelArray train) throws WrongFile {
        BitSet seen = new BitSet();
        Arrays.stream(train.of).forEach(seen::set);
        for (int i = 0; i < of.length; i++) {
            if (!seen.get(of[i])) {
                throw new WrongFile(
                        "label " + i + " of " + name + " is " + of[i] + ", a class that does not occur in "
                                + train.name,
                        "train on examples of every class, or leave class " + of[i] + " out of " + name);
            }
        }
    }
}
