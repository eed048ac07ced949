package io.vae4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.vae4j.core.objective.Elbo;
import io.vae4j.core.training.LossBlock;
import io.vae4j.core.training.MeanLoss;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EasyTrainTest extends ModelTest {

    @Test
    void aModelTrainsInDjlsOwnLoopThroughTheLossBlock() throws IOException, TranslateException {
        NDArray x = bits(64, DataType.FLOAT32);
        ArrayDataset data = new ArrayDataset.Builder()
                .setData(x)
                .optLabels(x)
                .setSampling(16, false)
                .build();
        DefaultTrainingConfig config = new DefaultTrainingConfig(new MeanLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(Adam.builder()
                        .optLearningRateTracker(Tracker.fixed(0.01f))
                        .build());
        try (Model model = Model.newInstance("vae")) {
            model.setBlock(new LossBlock(Models.bernoulli(), new Elbo()));
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(16, Models.PIXELS));
                float before = loss(trainer, x);
                EasyTrain.fit(trainer, 30, data, null);

                assertThat(loss(trainer, x)).isLessThan(before - 0.5f);
            }
        }
    }

    private static float loss(Trainer trainer, NDArray x) {
        return trainer.evaluate(new NDList(x)).head().mean().getFloat();
    }
}
