package io.vae4j.core.compiled;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.vae4j.core.BatchParameters;
import java.util.IdentityHashMap;
import java.util.Optional;

/** The parameters of a model as symbolic arrays. */
final class TracedParameters extends BatchParameters {

    private final Scribe scribe;
    private final IdentityHashMap<NDArray, Value.Held> held;
    private final Optional<String> trained;
    private final IdentityHashMap<Parameter, NDArray> known = new IdentityHashMap<>();

    /**
     * @param held which lists they are in
     * @param trained the list of those by which gradients are wanted; the others are constants
     */
    TracedParameters(Scribe scribe, IdentityHashMap<NDArray, Value.Held> held, Optional<String> trained) {
        super(scribe.symbolic());
        this.scribe = scribe;
        this.held = held;
        this.trained = trained;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return known.computeIfAbsent(parameter, this::met);
    }

    private NDArray met(Parameter parameter) {
        NDArray array = parameter.getArray();
        Value.Held place = held.get(array);
        if (place == null && trained.isPresent() && parameter.requiresGradient()) {
            throw Untraceable.asWhole("a parameter has an array that the step was not made for");
        }
        if (place == null) {
            return scribe.given(array);
        }
        TracedArray traced = scribe.given(array);
        if (!trained.equals(Optional.of(place.list()))) {
            return traced.stopGradient();
        }
        if (!traced.hasGradient()) {
            scribe.wantGradient(traced);
        }
        return traced;
    }
}
