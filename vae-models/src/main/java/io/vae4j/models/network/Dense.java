package io.vae4j.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.export.PyTorchCode;
import io.vae4j.core.export.PyTorchInputs;
import io.vae4j.core.export.PyTorchSource;
import io.vae4j.core.torch.Aten;
import io.vae4j.core.torch.TorchFunction;
import java.util.Optional;

/**
 * A dense layer, {@code y = x W^T + b}, with W [out, in] as in torch. DJL's Linear cannot scale its bias by the fan-in.
 */
public final class Dense extends TypedBlock implements Affine, PyTorchSource {

    private static final TorchFunction WHERE =
            TorchFunction.of("mask, weight", "torch.where(mask, weight, torch.zeros_like(weight))");

    private final long units;
    private final Initialization initialization;
    private final Optional<Initializer> start;
    private final Parameter weight = parameter("weight", Parameter.Type.WEIGHT, Initializer.ZEROS);
    private final Parameter bias = parameter("bias", Parameter.Type.BIAS, Initializer.ZEROS);

    public Dense(long units, Initialization initialization) {
        this(units, initialization, Optional.empty());
    }

    /** @param start of the biases */
    public Dense(long units, Initialization initialization, Initializer start) {
        this(units, initialization, Optional.of(start));
    }

    private Dense(long units, Initialization initialization, Optional<Initializer> start) {
        this.units = units;
        this.initialization = initialization;
        this.start = start;
    }

    /**
     * @param x [..., in]
     * @return [..., out]
     */
    @Override
    public NDArray apply(Pass pass, NDArray x) {
        appliedTo(pass, x, 1);
        return Aten.linear(x, pass.value(weight), pass.value(bias));
    }

    /**
     * The layer with masked weights, {@code x -> x (W * mask)^T + b}, for autoregressive networks, which are applied
     * many times in one pass. What is masked gets no gradient, also where the product's overflows.
     *
     * @param mask [out, in], booleans
     */
    public Masked masked(Pass pass, NDArray mask) {
        appliedTo(pass, mask, 1);
        return new Masked(WHERE.apply(mask, pass.value(weight)), pass.value(bias));
    }

    /**
     * A layer whose mask is applied.
     *
     * @param weight [out, in]
     * @param bias [out]
     */
    public record Masked(NDArray weight, NDArray bias) {

        /** From [..., in] to [..., out]. */
        public NDArray apply(NDArray x) {
            return Aten.linear(x, weight, bias);
        }

        /** One unit of the layer alone, from [..., in] to [..., 1]. */
        public Masked unit(int index) {
            String row = index + ":" + (index + 1);
            return new Masked(weight.get(row), bias.get(row));
        }
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(apply(pass, inputs.head()));
    }

    @Override
    protected void prepare(Shape[] inputs) {
        long fanIn = inputs[0].get(inputs[0].dimension() - 1);
        weight.setShape(new Shape(units, fanIn));
        weight.setInitializer(initialization.weight(fanIn, units));
        bias.setShape(new Shape(units));
        bias.setInitializer(start.orElseGet(() -> initialization.bias(fanIn)));
    }

    @Override
    public PyTorchCode pyTorch(PyTorchInputs inputs) {
        Shape shape = weight.getShape();
        return new PyTorchCode.Layer(
                "nn.Linear(" + shape.get(1) + ", " + shape.get(0) + ")", "F.linear(x, self.weight, self.bias)");
    }
}
