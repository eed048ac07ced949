package io.vae4j.experiments.training;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.LambdaBlock;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.vae4j.core.Condition;
import java.util.function.BiFunction;

/** Questions to a trained model in the form that DJL's users know: a Model, whose predictors they make. */
final class ModelPredictor {

    private ModelPredictor() {}

    /** A DJL model that answers (x) or (x, c), as lists. */
    static Model model(String name, Device device, BiFunction<NDArray, Condition, NDArray> question) {
        Model model = Model.newInstance(name, device, "PyTorch");
        model.setBlock(new LambdaBlock(inputs -> new NDList(question.apply(inputs.head(), condition(inputs)))));
        return model;
    }

    /** A predictor whose results belong to the owner of what it is given. */
    static Predictor<NDList, NDList> of(Model model) {
        return model.newPredictor(new Unchanged());
    }

    private static Condition condition(NDList inputs) {
        return inputs.size() > 1 ? Condition.given(inputs.get(1)) : Condition.none();
    }

    private static final class Unchanged implements NoBatchifyTranslator<NDList, NDList> {

        private static final String OWNER = "owner";

        @Override
        public NDList processInput(TranslatorContext context, NDList input) {
            context.setAttachment(OWNER, input.head().getManager());
            return input;
        }

        @Override
        public NDList processOutput(TranslatorContext context, NDList output) {
            output.attach((NDManager) context.getAttachment(OWNER));
            return output;
        }
    }
}
