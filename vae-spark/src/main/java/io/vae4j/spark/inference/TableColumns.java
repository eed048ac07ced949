package io.vae4j.spark.inference;

import ai.djl.ndarray.types.Shape;
import io.vae4j.experiments.InvalidInput;
import io.vae4j.experiments.data.DataSummary;
import io.vae4j.experiments.data.TableForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The user's columns, and which of them a model reads. */
record TableColumns(StructType schema) {

    private static final List<DataType> WHOLE =
            List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

    /**
     * How the values of a run's examples are read.
     *
     * @param column of them; empty for the only one that can be meant
     * @throws InvalidInput if there is no such column, or it cannot hold them
     */
    ExampleReader examples(DataSummary form, Optional<String> column) {
        if (column.isEmpty() && form.table().isPresent()) {
            return table(form.table().get());
        }
        String name = column.orElseGet(this::onlyColumn);
        DataType type = field(name).dataType();
        if (type instanceof BinaryType) {
            return new BinaryReader(place(name), name, form.event().getShape());
        }
        if (type instanceof ArrayType array) {
            int elements = Math.toIntExact(new Shape(form.event().getShape()).size());
            return new ArrayReader(
                    place(name),
                    name,
                    elements,
                    ArrayReader.storageOf(array.elementType()).orElseThrow(() -> wrongType(name, type)));
        }
        throw wrongType(name, type);
    }

    private static InvalidInput wrongType(String name, DataType type) {
        return new InvalidInput(
                "the column is " + type.sql() + ", and examples are arrays of numbers or bytes of pictures",
                "column " + name,
                "cast it to array<float>, flatten an array of arrays, or name another column");
    }

    private String onlyColumn() {
        List<String> possible = Arrays.stream(schema.fields())
                .filter(field -> field.dataType() instanceof ArrayType || field.dataType() instanceof BinaryType)
                .map(StructField::name)
                .toList();
        if (possible.size() != 1) {
            throw new InvalidInput(
                    possible.size() + " columns hold arrays or bytes" + (possible.isEmpty() ? "" : ": " + possible),
                    "table with the columns " + Arrays.asList(schema.fieldNames()),
                    "name the one of the examples: --column");
        }
        return possible.get(0);
    }

    private TableReader table(TableForm form) {
        List<Integer> places = new ArrayList<>();
        for (String name : form.columns()) {
            DataType type = field(name).dataType();
            if (!(type instanceof NumericType) || type instanceof DecimalType) {
                throw new InvalidInput(
                        "the column is " + type.sql() + ", and the run was trained on numbers",
                        "column " + name,
                        "cast it to double");
            }
            places.add(place(name));
        }
        return new TableReader(places, form.columns(), form.mean(), form.scale());
    }

    /**
     * How the classes of rows are read.
     *
     * @param classes that the model knows
     * @throws InvalidInput if there is no such column, or it holds neither names nor whole numbers
     */
    LabelReader labels(String column, List<String> classes) {
        DataType type = field(column).dataType();
        if (!type.equals(DataTypes.StringType) && !WHOLE.contains(type)) {
            throw new InvalidInput(
                    "the column is " + type.sql() + ", and classes are names or whole numbers",
                    "column " + column,
                    "cast it to string or int");
        }
        return new LabelReader(place(column), column, classes);
    }

    /** @throws InvalidInput if there is no such column, or it holds no whole numbers */
    void requireIndex(String column) {
        DataType type = field(column).dataType();
        if (!WHOLE.contains(type)) {
            throw new InvalidInput(
                    "the column is " + type.sql() + ", and an index is a whole number",
                    "column " + column,
                    "number the rows from 0");
        }
    }

    /**
     * The user's columns, and others behind them.
     *
     * @throws InvalidInput if one of them has the name of one that is there
     */
    StructType with(List<StructField> more) {
        for (StructField field : more) {
            boolean taken = Arrays.stream(schema.fieldNames()).anyMatch(name -> name.equalsIgnoreCase(field.name()));
            if (taken) {
                throw new InvalidInput(
                        "there is a column of this name already, and the answers have one",
                        "column " + field.name(),
                        "rename it, as by withColumnRenamed, or drop it");
            }
        }
        List<StructField> all = new ArrayList<>(List.of(schema.fields()));
        all.addAll(more);
        return DataTypes.createStructType(all);
    }

    private StructField field(String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "there is no such column",
                        "column " + name,
                        "name one of " + Arrays.asList(schema.fieldNames())));
    }

    private int place(String name) {
        return schema.fieldIndex(name);
    }
}
