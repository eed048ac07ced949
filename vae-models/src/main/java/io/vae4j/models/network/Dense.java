package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.torch.Aten;
import java.util.Optional;

/** {@code y = x W^T + b}, with W [out, in] as in torch. DJL's Linear cannot scale its bias by the fan-in. */
public final class Dense extends TypedBlock implements Affine {

    private final long units;
    private final Initialisation initialisation;
    private final Optional<Initializer> start;
    private final Parameter weight = parameter("weight", Parameter.Type.WEIGHT, Initializer.ZEROS);
    private final Parameter bias = parameter("bias", Parameter.Type.BIAS, Initializer.ZEROS);

    public Dense(long units, Initialisation initialisation) {
        this(units, initialisation, Optional.empty());
    }

    /** @param start of the biases */
    public Dense(long units, Initialisation initialisation, Initializer start) {
        this(units, initialisation, Optional.of(start));
    }

    private Dense(long units, Initialisation initialisation, Optional<Initializer> start) {
        this.units = units;
        this.initialisation = initialisation;
        this.start = start;
    }

    /**
     * @param x [..., in]
     * @return [..., out]
     */
    @Override
    public NDArray apply(Pass pass, NDArray x) {
        return Aten.linear(x, pass.value(weight), pass.value(bias));
    }

    /**
     * {@code y = x (W * mask)^T + b}, for autoregressive networks.
     *
     * @param x [..., in]
     * @param mask [out, in], of zeros and ones
     * @return [..., out]
     */
    public NDArray applyMasked(Pass pass, NDArray x, NDArray mask) {
        return Aten.linear(x, pass.value(weight).mul(mask), pass.value(bias));
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        long fanIn = inputs[0].get(inputs[0].dimension() - 1);
        weight.setShape(new Shape(units, fanIn));
        weight.setInitializer(initialisation.weight(fanIn, units));
        bias.setShape(new Shape(units));
        bias.setInitializer(start.orElseGet(() -> initialisation.bias(fanIn)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        int last = inputs[0].dimension() - 1;
        return new Shape[] {inputs[0].slice(0, last).add(units)};
    }
}
