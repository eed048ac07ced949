package io.vae4j.spark.inference;

import static org.apache.spark.sql.functions.col;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The pictures of {@link SmallRuns} as tables. */
final class Pictures {

    private static final StructType SCHEMA = new StructType()
            .add("number", DataTypes.IntegerType)
            .add("pixels", DataTypes.createArrayType(DataTypes.ShortType))
            .add("floats", DataTypes.createArrayType(DataTypes.FloatType))
            .add("bytes", DataTypes.BinaryType)
            .add("png", DataTypes.BinaryType)
            .add("class", DataTypes.StringType);

    private Pictures() {}

    /** The first of them, each in several forms, in so many Parquet files and partitions. */
    static Dataset<Row> in(Path folder, SparkSession spark, int count, int files) {
        List<Row> rows = IntStream.range(0, count).mapToObj(Pictures::row).toList();
        spark.createDataFrame(rows, SCHEMA)
                .repartitionByRange(files, col("number"))
                .sortWithinPartitions("number")
                .write()
                .parquet(folder.toString());
        return spark.read().parquet(folder.toString());
    }

    private static Row row(int i) {
        byte[] levels = SmallRuns.picture(i);
        Short[] shorts = new Short[levels.length];
        Float[] floats = new Float[levels.length];
        for (int p = 0; p < levels.length; p++) {
            shorts[p] = (short) Byte.toUnsignedInt(levels[p]);
            floats[p] = shorts[p] / 255f;
        }
        return RowFactory.create(i, shorts, floats, levels, png(levels), String.valueOf(SmallRuns.label(i)));
    }

    private static byte[] png(byte... levels) {
        BufferedImage image = new BufferedImage(SmallRuns.SIDE, SmallRuns.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SmallRuns.SIDE, SmallRuns.SIDE, levels);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
