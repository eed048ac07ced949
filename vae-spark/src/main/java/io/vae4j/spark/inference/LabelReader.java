package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads the class of a row, for a model that is given it: by its name, which may be a number.
 *
 * @param place of the column in a row
 * @param name of the column
 * @param classes the names of the classes that the model knows, in their order
 */
record LabelReader(int place, String name, List<String> classes) implements Serializable {

    /** @throws InvalidInput if the model knows no such class */
    int read(Row row) {
        String label = String.valueOf(row.get(place));
        int number = classes.indexOf(label);
        if (number < 0) {
            throw new InvalidInput(
                    row.isNullAt(place)
                            ? "the model is given the class of a row, and this one has none"
                            : "the model is given the class of a row, and it knows no class " + label,
                    "column " + name,
                    "leave such rows out, or give all rows one class: --condition with one of " + classes);
        }
        return number;
    }
}
