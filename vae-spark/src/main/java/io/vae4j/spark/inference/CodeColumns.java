package io.vae4j.spark.inference;

import io.vae4j.spark.ExecutorEngine;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which codes a model has: an executor tells, since the driver has no engine. */
final class CodeColumns {

    private CodeColumns() {}

    static CodeAnswers of(SparkSession spark, ModelSource source) {
        String schema = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(source), 1)
                .map(CodeColumns::schema)
                .first();
        return new CodeAnswers(List.of(((StructType) StructType.fromJson(schema)).fields()));
    }

    private static String schema(ModelSource source) {
        LoadedModel model = LoadedModel.use(source);
        try {
            return ExecutorEngine.alone(() -> DataTypes.createStructType(
                            CodeAnswers.of(model.trained()).columns())
                    .json());
        } finally {
            model.leave();
        }
    }
}
