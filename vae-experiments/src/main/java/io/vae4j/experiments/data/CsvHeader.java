package io.vae4j.experiments.data;

import io.vae4j.experiments.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The first line of a table.
 *
 * @param names of the columns
 */
record CsvHeader(List<String> names) {

    /** A dense layer of 400 units on so many columns has 40 million weights. */
    private static final int MOST_COLUMNS = 100_000;

    private static final String NAME_THEM = "begin the file with a line that names each column once";

    /** @throws WrongFile if these are no names; the message goes on after the file's name */
    static CsvHeader of(List<String> names) throws WrongFile {
        if (names.size() > MOST_COLUMNS) {
            throw new WrongFile(
                    "has " + names.size() + " columns, and up to " + MOST_COLUMNS + " are read",
                    "choose columns, or save their principal components");
        }
        if (names.stream().allMatch(name -> CsvNumber.of(name).isPresent())) {
            throw new WrongFile("has no header: its first line holds numbers", NAME_THEM);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                throw new WrongFile(
                        "has no name for column " + (i + 1),
                        "name it; where it numbers the rows, save without it, as by pandas' to_csv(index=False)");
            }
            if (!seen.add(names.get(i))) {
                throw new WrongFile("has two columns named " + Reason.line(names.get(i)), NAME_THEM);
            }
        }
        return new CsvHeader(List.copyOf(names));
    }

    /** The place of a column, if there is one. */
    Optional<Integer> place(String name) {
        return Optional.of(names.indexOf(name)).filter(place -> place >= 0);
    }

    /** The places of all columns but the one of classes. */
    int[] numbers(Optional<String> labels) throws WrongFile {
        if (labels.isPresent() && place(labels.get()).isEmpty()) {
            throw new WrongFile(
                    "has no column " + labels.get(), Nearest.hint(labels.get(), names) + "name one of " + shown(names));
        }
        int[] numbers = IntStream.range(0, names.size())
                .filter(i -> !names.get(i).equals(labels.orElse("")))
                .toArray();
        if (numbers.length == 0) {
            throw new WrongFile("has no column but the one of labels", "add columns of numbers");
        }
        return numbers;
    }

    /** The places of columns that a run was trained on. */
    int[] numbers(List<String> wanted) throws WrongFile {
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        List<String> missing =
                wanted.stream().filter(name -> !places.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new WrongFile(
                    "lacks columns that the run was trained on: " + shown(missing),
                    "give a table with the run's columns: " + shown(wanted));
        }
        return wanted.stream()
                .mapToInt(name -> Objects.requireNonNull(places.get(name)))
                .toArray();
    }

    private static String shown(List<String> names) {
        int most = Math.min(10, names.size());
        return Reason.line(String.join(", ", names.subList(0, most)) + (names.size() > most ? ", ..." : ""));
    }
}
