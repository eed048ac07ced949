package io.vae4j.experiments.data;

import io.vae4j.experiments.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings examples into the form of the data that a model was trained on, before they are put to it.
 *
 * @param form of the run's data
 * @param where the data come from, for messages
 * @param progress is told what is remarkable, a line at a time
 */
record AskedExamples(DataSummary form, String where, Consumer<String> progress) {

    /** How many names fit into a line. */
    private static final int SHOWN = 10;

    /**
     * The same examples, whose classes are numbered as the run's are; classes that the run does not know come behind
     * them, and a line says so.
     *
     * @throws InvalidInput if they have another shape than the run's
     */
    Examples of(Examples given) {
        if (form.table().isPresent()) {
            throw new InvalidInput(
                    "the run was trained on the columns of a table, each standardized, and these data have no names of"
                            + " columns",
                    where,
                    "give a csv file with the columns "
                            + shown(form.table().get().columns()));
        }
        return shaped(given);
    }

    /** As {@link #of}, of a table whose columns are already those of the run. */
    Examples shaped(Examples given) {
        if (!given.values().event().equals(form.event())) {
            throw new InvalidInput(
                    "examples have shape " + given.values().event() + " and the run was trained on " + form.event(),
                    where,
                    "give data of the run's shape");
        }
        return given.labels() instanceof Labels.Classes classes
                        && !form.classes().isEmpty()
                ? new Examples(given.values(), renumbered(classes))
                : given;
    }

    private Labels renumbered(Labels.Classes given) {
        if (given.classNames().equals(form.classes())) {
            return given;
        }
        List<String> unknown = Arrays.stream(given.of())
                .distinct()
                .mapToObj(given.classNames()::get)
                .filter(name -> !form.classes().contains(name))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            progress.accept("the run knows no class " + shown(unknown) + ", only " + shown(form.classes()));
        }
        List<String> names = new ArrayList<>(form.classes());
        names.addAll(unknown);
        int[] places = given.classNames().stream().mapToInt(names::indexOf).toArray();
        try {
            return new Labels.Classes(
                    names, Arrays.stream(given.of()).map(of -> places[of]).toArray());
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(String.valueOf(e.getMessage()), where, "name the classes as the run does");
        }
    }

    private static String shown(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? ", ..." : "");
    }
}
