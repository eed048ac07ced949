package io.vae4j.models.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.Family;
import io.vae4j.models.network.Affine;
import io.vae4j.models.network.Initialization;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A family of distributions over events of one shape; each of its parameters is read from the features by a head. */
public abstract class FamilyBlock<D extends Distribution> extends TypedBlock implements Family<D> {

    private final Shape event;
    private final Map<Affine, Shape> heads = new LinkedHashMap<>();

    /** @param event the shape of one event, such as [20] or [1, 28, 28] */
    protected FamilyBlock(Shape event) {
        this.event = event;
    }

    /** Registers a dense layer for one of the family's parameters. */
    protected final Affine head(String name, Initialization initialization) {
        return head(name, new Head.Dense(initialization));
    }

    /** Registers a layer for one of the family's parameters. */
    protected final Affine head(String name, Head head) {
        return head(name, head, event);
    }

    /**
     * Registers a layer for a parameter that has more or fewer elements than the event.
     *
     * @param parameter its shape, such as [components, ...event]
     */
    protected final Affine head(String name, Head head, Shape parameter) {
        Affine layer = child(name, head.layer(event, parameter));
        heads.put(layer, parameter);
        return layer;
    }

    /** A parameter of the distribution, [K or 1, B, ...parameter]. */
    protected final NDArray parameter(Pass pass, Affine head, NDArray features) {
        appliedTo(pass, Condition.none(), features);
        NDArray values = head.apply(pass, features);
        Shape shape = values.getShape().slice(0, 2).addAll(Objects.requireNonNull(heads.get(head)));
        return values.getShape().equals(shape) ? values : values.reshape(shape);
    }

    /**
     * A parameter of the distribution in PyTorch, [B, ...event].
     *
     * @param values of it, before they have the event's shape
     */
    protected final String shaped(String values) {
        String sizes = Arrays.stream(event.getShape()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return values + ".reshape(-1, " + sizes + ")";
    }

    /** Lines of code, of which each part may have several. */
    protected static List<String> lines(String... code) {
        return Stream.of(code).flatMap(String::lines).toList();
    }

    /** The shape of one event. */
    protected final Shape event() {
        return event;
    }

    protected final int eventRank() {
        return event.dimension();
    }

    @Override
    public OptionalLong parametersPerEvent() {
        return OptionalLong.of(heads.values().stream().mapToLong(Shape::size).sum());
    }

    /** The mean for features [B, F], as any DJL block would answer. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(of(pass, inputs.head().expandDims(0)).mean().squeeze(0));
    }

    /** The heads in the order in which they were registered, whatever the order in which {@link #of} reads them. */
    @Override
    protected void dryRun(Pass pass, NDList inputs) {
        NDArray features = inputs.head().expandDims(0);
        heads.forEach((head, parameter) -> requireSize(
                head.apply(pass, features).getShape().slice(2),
                parameter,
                features.getShape().slice(2)));
        super.dryRun(pass, inputs);
    }

    private void requireSize(Shape output, Shape parameter, Shape features) {
        if (output.size() != parameter.size()) {
            throw new IllegalArgumentException("features of shape " + features + " make parameters of shape " + output
                    + " and " + (parameter.equals(event) ? "the events have" : "one is to have") + " shape " + parameter
                    + "; expected as many elements: a dense head reads vectors"
                    + " (put an Mlp behind a convolutional encoder), a convolutional one maps of the event's height and"
                    + " width");
        }
    }
}
