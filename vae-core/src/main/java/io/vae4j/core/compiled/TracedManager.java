package io.vae4j.core.compiled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.torch.SymbolicOwner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The manager of a batch whose arrays are symbolic: what it makes is given to the program. */
final class TracedManager implements InvocationHandler {

    /** What owners and owned tell each other, of which symbolic arrays have no need. */
    private static final Set<String> NOTHING =
            Set.of("close", "attachInternal", "tempAttachInternal", "detachInternal", "attachAll", "tempAttachAll");

    private static final Map<String, Integer> NUMBERS = Map.of("zeros", 0, "ones", 1);

    private final Scribe scribe;
    private final NDManager batch;

    private TracedManager(Scribe scribe, NDManager batch) {
        this.scribe = scribe;
        this.batch = batch;
    }

    static NDManager of(Scribe scribe, NDManager batch) {
        return (NDManager) Proxy.newProxyInstance(
                TracedManager.class.getClassLoader(),
                new Class<?>[] {NDManager.class, SymbolicOwner.class},
                new TracedManager(scribe, batch));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (NOTHING.contains(name)) {
            return null;
        }
        if (name.equals("newSubManager")) {
            return proxy;
        }
        if (name.equals("symbolic")) {
            return scribe.given((NDArray) arguments[0]);
        }
        if (name.equals("equals")) {
            return proxy == arguments[0];
        }
        if (NUMBERS.containsKey(name) && arguments[0] instanceof Shape shape && arguments.length <= 2) {
            DataType type = arguments.length == 2 ? (DataType) arguments[1] : DataType.FLOAT32;
            return scribe.number(shape, type, false, NUMBERS.get(name));
        }
        try {
            Object result = method.invoke(batch, arguments);
            return result instanceof NDArray array ? scribe.given(array) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
