package io.vae4j.examples;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.TranslateException;
import io.vae4j.core.Condition;
import io.vae4j.experiments.data.Dataset;
import io.vae4j.experiments.recipe.Recipe;
import io.vae4j.experiments.recipe.Recipes;
import io.vae4j.experiments.training.TrainedModel;
import io.vae4j.experiments.training.TrainingSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A run that a recipe made, and what its model is good for: it encodes, reconstructs, samples and scores. */
public final class E03UseTheModel {

    private E03UseTheModel() {}

    /** @param arguments the run folder, new or empty; runs/e03 where none is given */
    public static void main(String... arguments) throws IOException, InterruptedException, TranslateException {
        Path run = Path.of(arguments.length > 0 ? arguments[0] : "runs/e03");
        Dataset data = Squares.data();
        train(data, run);
        // The run folder is enough: neither data nor optimizer are needed. A run of ./vae train opens in the same way.
        try (TrainedModel model = TrainedModel.load(run);
                NDManager manager = model.newManager()) {
            NDArray x =
                    data.test().select(0, 1, 2).values().stored(manager).flatten(1, -1); // dense layers take [B, 144]
            NDArray z = model.encode(x, Condition.none());
            NDArray again = model.reconstruct(x, Condition.none());
            NDArray samples = model.sample(manager, 16, Condition.none(), 0);
            NDArray logLikelihood = model.score(x, Condition.none(), 1000, 0);
            System.out.println(model.card().title() + ", after epoch " + model.epoch());
            System.out.println("z " + z.getShape() + ", x^ " + again.getShape() + ", samples " + samples.getShape());
            System.out.println("log p(x), nats: " + logLikelihood.toDebugString());
            ask(model, x);
        }
    }

    private static void train(Dataset data, Path run) throws IOException {
        Recipe recipe = Recipes.find(
                "vae", List.of("model.latent=3", "model.network.hidden=[100]", "train.batch=50", "train.epochs=30"));
        try (TrainingSession session = TrainingSession.of(recipe, data, 0, Device.cpu())) {
            session.run(run);
        }
    }

    /** The same as DJL's users know it. */
    private static void ask(TrainedModel model, NDArray x) throws TranslateException {
        try (Predictor<NDList, NDList> encoder = model.encoder()) {
            System.out.println(
                    "by a Predictor: z " + encoder.predict(new NDList(x)).head().getShape());
        }
    }
}
