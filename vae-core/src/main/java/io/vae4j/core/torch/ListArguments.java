package io.vae4j.core.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of arrays as arguments of TorchScript, which DJL knows by the arrays' names alone. */
final class ListArguments {

    private ListArguments() {}

    /**
     * Calls with the first arrays and the lists behind them; the arrays bear other names during the call alone.
     *
     * @param call what is done with all of them, in this order
     */
    static NDList passed(List<NDArray> first, List<List<NDArray>> lists, Function<NDList, NDList> call) {
        NDList inputs = new NDList(first);
        lists.forEach(inputs::addAll);
        List<@Nullable String> names = inputs.stream().map(NDArray::getName).toList();
        try {
            for (int i = 0; i < lists.size(); i++) {
                // DJL gathers what has one name of this form
                String name = "list" + i + "[]";
                lists.get(i).forEach(array -> array.setName(name));
            }
            return call.apply(inputs);
        } finally {
            for (int i = 0; i < names.size(); i++) {
                inputs.get(i).setName(names.get(i));
            }
        }
    }
}
