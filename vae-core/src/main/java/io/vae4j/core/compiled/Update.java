package io.vae4j.core.compiled;

import io.vae4j.core.torch.TorchScriptCode;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimizer's step.
 *
 * @param code its parameters are the rate, the number of the step, the lists that are held, the gradients, and the
 *     guard's arrays, of which the last is the loss
 * @param number of the optimizer, from 0; lists that are held bear it behind their names
 * @param numbers the rate and the number of the step
 * @param gradients one for each parameter
 */
record Update(TorchScriptCode code, int number, List<Value> numbers, List<Value> gradients, Value loss)
        implements Statement {

    @Override
    public List<Value> inputs() {
        List<Value> inputs = new ArrayList<>(numbers);
        inputs.addAll(gradients);
        inputs.add(loss);
        return inputs;
    }
}
