package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.vae4j.core.Condition;
import java.util.function.BiFunction;

/**
 * A question to a trained model in the form that DJL's users know. The translator asks it, and what DJL does in between
 * passes the answer on: DJL closes what a block makes in the manager of the call, and answers have another owner.
 */
final class ModelPredictor implements NoBatchifyTranslator<NDList, NDList> {

    private final BiFunction<NDManager, NDList, NDArray> question;
    private static final String OWNER = "owner";

    private ModelPredictor(BiFunction<NDManager, NDList, NDArray> question) {
        this.question = question;
    }

    /** About examples: (x) or (x, c); the answer belongs to the owner of x. */
    static ModelPredictor of(BiFunction<NDArray, Condition, NDArray> question) {
        return new ModelPredictor((owner, inputs) -> question.apply(inputs.head(), condition(inputs, 1)));
    }

    /** For samples: (c) or nothing; the answer belongs to the owner of c, or to the predictor. */
    static ModelPredictor drawing(BiFunction<NDManager, Condition, NDArray> question) {
        return new ModelPredictor((owner, inputs) -> question.apply(owner, condition(inputs, 0)));
    }

    private static Condition condition(NDList inputs, int place) {
        return inputs.size() > place ? Condition.given(inputs.get(place)) : Condition.none();
    }

    @Override
    public NDList processInput(TranslatorContext context, NDList input) {
        NDManager owner =
                input.isEmpty() ? context.getPredictorManager() : input.head().getManager();
        context.setAttachment(OWNER, owner);
        return new NDList(question.apply(owner, input));
    }

    @Override
    public NDList processOutput(TranslatorContext context, NDList output) {
        output.attach((NDManager) context.getAttachment(OWNER));
        return output;
    }
}
