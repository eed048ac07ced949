package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.util.List;
import java.util.stream.IntStream;

/** Leaves the examples of some classes out of all splits, so that a model has never seen their like. */
public final class WithoutClasses {

    private WithoutClasses() {}

    /**
     * The same data without some classes; those that remain keep their names and order.
     *
     * @param names of the classes to leave out
     * @throws InvalidInput if the data have no such class, or a split would be left with nothing
     */
    public static Dataset of(Dataset data, List<String> names) {
        List<String> known = data.summary().classes();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InvalidInput(
                        known.isEmpty() ? "the data have no classes to leave out" : "there is no class '" + name + "'",
                        data.name(),
                        known.isEmpty() ? "leave data.withoutClasses away" : "name some of " + known);
            }
        }
        return data.select(new Selection(
                kept(data, "train", data.train(), names),
                data.validation().map(examples -> kept(data, "validation", examples, names)),
                kept(data, "test", data.test(), names),
                known.stream().filter(name -> !names.contains(name)).toList(),
                data.origins()));
    }

    private static Selection.Part kept(Dataset data, String split, Examples examples, List<String> names) {
        if (!(examples.labels() instanceof Labels.Classes classes)) {
            throw new IllegalStateException("the " + split + " split of " + data.name() + " has no classes");
        }
        int[] kept = IntStream.range(0, examples.count())
                .filter(i -> !names.contains(classes.classNames().get(classes.of()[i])))
                .toArray();
        if (kept.length == 0) {
            throw new InvalidInput(
                    "nothing of the " + split + " split is left without the classes " + names,
                    data.name(),
                    "leave fewer out by data.withoutClasses");
        }
        return new Selection.Part(split, kept);
    }
}
