package io.vae4j.experiments.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.WithoutGradient;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Where a trained model answers a question: no graph is built, and what is made on the way is freed. */
final class InferenceScope {

    private InferenceScope() {}

    /**
     * Asks.
     *
     * @param owner of the answer
     * @param given what the question is about; its own owner has it back at the end
     * @param question given a manager for all that is made
     */
    static NDArray ask(NDManager owner, NDList given, Function<NDManager, NDArray> question) {
        return ask(owner, given, question, NDArray::attach);
    }

    /**
     * The same for answers of several arrays.
     *
     * @param handOver makes them belong to the owner
     */
    static <A> A ask(
            NDManager owner, NDList given, Function<NDManager, A> question, BiConsumer<A, NDManager> handOver) {
        return WithoutGradient.compute(() -> {
            try (NDManager scratch = owner.newSubManager()) {
                // one that is given twice, lent twice, would be freed with the scratch
                Set<NDArray> lent = Collections.newSetFromMap(new IdentityHashMap<>());
                given.stream().filter(lent::add).forEach(array -> array.tempAttach(scratch));
                A answer = question.apply(scratch);
                handOver.accept(answer, owner);
                return answer;
            }
        });
    }

    /** The arrays of an example or more and of what is given beside them. */
    static NDList given(NDArray x, Condition condition) {
        NDList given = given(condition);
        given.add(0, x);
        return given;
    }

    /** The array of a condition, if there is one. */
    static NDList given(Condition condition) {
        return condition instanceof Condition.Given label ? new NDList(label.values()) : new NDList();
    }
}
