package io.vae4j.experiments.data;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The classes that a column of labels shows.
 *
 * @param places of the names, from 0
 * @param names numbers by their size, other names by the alphabet
 */
record ClassNames(List<String> names, Map<String, Integer> places) {

    static ClassNames of(List<String> labels) throws WrongFile {
        List<String> names = labels.stream().distinct().sorted().toList();
        if (names.size() > Labels.MOST_CLASSES) {
            throw new WrongFile(
                    "the column of labels holds " + names.size() + " different values, and " + Labels.MOST_CLASSES
                            + " classes are the most that make sense",
                    "name a column of classes");
        }
        if (names.stream().allMatch(name -> CsvNumber.of(name).isPresent())) {
            names = names.stream().sorted(Comparator.comparing(BigDecimal::new)).toList();
        }
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        return new ClassNames(names, places);
    }

    /** @throws WrongFile if a table has a class that those to train on have not */
    void requireAllOf(CsvTable table) throws WrongFile {
        for (String label : table.labels().orElse(List.of())) {
            if (!places.containsKey(label)) {
                throw new WrongFile(
                        "the class " + Reason.line(label) + " occurs in " + table.name()
                                + " and not among the rows to train on",
                        "train on rows of every class, or leave those of " + Reason.line(label) + " out");
            }
        }
    }

    /** The labels as classes, or none where there are no classes. */
    Labels labels(List<String> cells) {
        return names.isEmpty()
                ? Labels.none()
                : new Labels.Classes(
                        names,
                        cells.stream()
                                .mapToInt(cell -> Objects.requireNonNull(places.get(cell)))
                                .toArray());
    }
}
