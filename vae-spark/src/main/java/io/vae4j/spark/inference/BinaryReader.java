package io.vae4j.spark.inference;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.FramedPictures;
import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;

/**
 * An example as bytes: those of a picture's file, which is brought to the run's size as those of folders are, or of the
 * levels themselves, one for each element.
 *
 * @param place of the column in a row
 * @param name of the column
 * @param event the shape of an example
 */
@SuppressWarnings("ArrayRecordComponent") // serializable, as DJL's shape is not
record BinaryReader(int place, String name, long... event) implements ExampleReader {

    @Override
    public Storage storage() {
        return Storage.LEVELS;
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
        byte[] bytes = row.getAs(place);
        Shape shape = new Shape(event);
        boolean image = shape.dimension() == 3 && (event[0] == 1 || event[0] == 3);
        if (image && FramedPictures.isPicture(bytes)) {
            into.put(pixels(shape, bytes));
        } else if (bytes.length == shape.size()) {
            into.put(bytes);
        } else {
            throw new InvalidInput(
                    "these are " + bytes.length + " bytes and no picture, and an example of the run has " + shape.size()
                            + " elements",
                    where(),
                    image ? "give PNG, JPEG, BMP or GIF files, or a byte for each element" : "give a byte for each");
        }
    }

    private byte[] pixels(Shape shape, byte... file) {
        try {
            return new FramedPictures(shape).pixels(file);
        } catch (InvalidInput e) {
            throw e.at(where());
        }
    }
}
