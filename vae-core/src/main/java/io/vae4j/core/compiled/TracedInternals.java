package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What DJL's static functions and layers ask of an array. */
final class TracedInternals {

    /** An operation with its arguments. */
    private interface Internal {
        Object of(TracedArray array, Object... arguments);
    }

    private static final Map<String, Internal> KNOWN = Map.of(
            "relu", (x, a) -> x.op("relu", "$0"),
            "sigmoid", (x, a) -> x.op("sigmoid", "$0"),
            "tanh", (x, a) -> x.op("tanh", "$0"),
            "gelu", (x, a) -> x.op("gelu", "$0"),
            "leakyRelu", (x, a) -> x.op("leaky_relu", "$0, " + ((Number) a[0]).doubleValue()),
            "where", (x, a) -> x.op("where", "$1, $0, $2", (NDArray) a[0], (NDArray) a[1]),
            "stack", (x, a) -> joined("stack", x, (NDList) a[0], (int) a[1]),
            "concat", (x, a) -> joined("cat", x, (NDList) a[0], (int) a[1]),
            "linear",
                    (x, a) -> new NDList(
                            ((TracedArray) a[0]).op("linear", "$0, $1, $2", (NDArray) a[1], (NDArray) a[2])));

    private TracedInternals() {}

    static NDArrayEx of(TracedArray array) {
        return (NDArrayEx) Proxy.newProxyInstance(
                TracedInternals.class.getClassLoader(),
                new Class<?>[] {NDArrayEx.class},
                (proxy, method, arguments) -> {
                    Internal known = KNOWN.get(method.getName());
                    if (known == null) {
                        throw new Untraceable("DJL's " + method.getName() + " is not known");
                    }
                    return known.of(array, arguments);
                });
    }

    private static NDArray joined(String function, TracedArray first, NDList rest, int axis) {
        String all =
                IntStream.rangeClosed(0, rest.size()).mapToObj(i -> "$" + i).collect(Collectors.joining(", "));
        return first.op(function, "[" + all + "], " + axis, rest.toArray(new NDArray[0]));
    }
}
