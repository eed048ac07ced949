package io.vae4j.spark.inference;

import io.vae4j.experiments.InvalidInput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * An example as an array of numbers, row-major. Whole numbers stand for levels, as bytes do in files: {@code n / 255};
 * others stand for themselves; {@code true} is 1.
 *
 * @param place of the column in a row
 * @param name of the column
 * @param elements how many an example has
 */
record ArrayReader(int place, String name, int elements, Storage storage) implements ExampleReader {

    private static final int WHITE = 255;

    /** How arrays of elements of a type are kept, if they can be. */
    static Optional<Storage> storageOf(DataType element) {
        if (element.equals(DataTypes.BooleanType)) {
            return Optional.of(Storage.BITS);
        }
        if (List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType)
                .contains(element)) {
            return Optional.of(Storage.LEVELS);
        }
        return List.of(DataTypes.FloatType, DataTypes.DoubleType).contains(element)
                ? Optional.of(Storage.NUMBERS)
                : Optional.empty();
    }

    @Override
    public String where() {
        return "column " + name;
    }

    @Override
    public void read(Row row, ByteBuffer into) {
        if (row.isNullAt(place)) {
            throw new InvalidInput("there is no example", where(), "leave such rows out");
        }
        List<?> array = row.getList(place);
        if (array.size() != elements) {
            throw new InvalidInput(
                    "the array has " + array.size() + " elements, and an example of the run " + elements,
                    where(),
                    "give examples of the run's shape, row by row in one array");
        }
        int element = 0;
        for (Object number : array) {
            put(number, element, into);
            element++;
        }
    }

    private void put(Object number, int element, ByteBuffer into) {
        if (number instanceof Boolean bit) {
            into.put((byte) (bit ? WHITE : 0));
        } else if (number instanceof Byte level) {
            into.put(level); // Java's bytes have a sign, and levels none
        } else if (number instanceof Float || number instanceof Double) {
            into.putFloat(finite(((Number) number).floatValue(), element));
        } else if (number instanceof Number level) {
            into.put((byte) level(level.longValue(), element));
        } else {
            throw new InvalidInput("element " + element + " is missing", where(), "leave such rows out, or fill it");
        }
    }

    private float finite(float number, int element) {
        if (!Float.isFinite(number)) {
            throw new InvalidInput(
                    "element " + element + " is " + number, where(), "leave such rows out, or scale their numbers");
        }
        return number;
    }

    private int level(long number, int element) {
        if (number < 0 || number > WHITE) {
            throw new InvalidInput(
                    "element " + element + " is " + number + ", and whole numbers stand for levels: bytes from 0 to "
                            + WHITE,
                    where(),
                    "cast the column to array<float> if its numbers stand for themselves");
        }
        return (int) number;
    }
}
