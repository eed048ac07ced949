package io.vae4j.experiments.output;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One named array of results, [rows, ...row].
 *
 * @param name by which readers ask for it, such as {@code mean}
 * @param type of its elements
 * @param row the shape of one row: () for a number, [C, H, W] for an image
 * @param use what it is written for
 * @param categories what its numbers stand for, in order, as the names of classes; none where they stand for themselves
 * @param elements the headings of a row's elements in a table; none where the column's name and their places do
 */
public record Column(String name, DataType type, Shape row, Use use, List<String> categories, List<String> elements) {

    /** What a column is written for. */
    public enum Use {
        /** Its numbers. */
        NUMBERS,
        /** To be looked at. */
        PICTURE,
        /** Both. */
        BOTH
    }

    public Column {
        categories = List.copyOf(categories);
        elements = List.copyOf(elements);
    }

    /** Numbers that stand for themselves. */
    public static Column numbers(String name, DataType type, Shape row) {
        return new Column(name, type, row, Use.NUMBERS, List.of(), List.of());
    }

    /** The class of each row, by number; where a format has words, by name. */
    public static Column classes(String name, List<String> classes) {
        return new Column(name, DataType.INT64, new Shape(), Use.NUMBERS, classes, List.of());
    }

    /** The same column, to be used otherwise. */
    public Column with(Use other) {
        return new Column(name, type, row, other, categories, elements);
    }

    /** The same column, with headings for its elements. */
    public Column headed(List<String> headings) {
        return new Column(name, type, row, use, categories, headings);
    }

    /** The same column, of elements of another type. */
    public Column of(DataType other) {
        return new Column(name, other, row, use, categories, elements);
    }

    /** Whether its numbers are wanted. */
    public boolean hasNumbers() {
        return use != Use.PICTURE;
    }

    /** Whether it is to be looked at and can be: an image of one or three channels. */
    public boolean isPicture() {
        return use != Use.NUMBERS && row.dimension() == 3 && (row.get(0) == 1 || row.get(0) == 3);
    }

    /** How many bytes a row takes. */
    public long rowBytes() {
        return Math.multiplyExact(row.size(), type.getNumOfBytes());
    }

    /** [rows, ...row]. */
    public Shape shape(long rows) {
        return new Shape(rows).addAll(row);
    }

    /** A heading for each element of a row: the name, with the place behind it where a row has axes. */
    List<String> headings() {
        if (!elements.isEmpty()) {
            return elements;
        }
        Stream<String> headings = Stream.of(name);
        for (long axis : row.getShape()) {
            headings = headings.flatMap(
                    heading -> IntStream.range(0, Math.toIntExact(axis)).mapToObj(place -> heading + "_" + place));
        }
        return headings.toList();
    }
}
