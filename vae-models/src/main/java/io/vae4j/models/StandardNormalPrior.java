package io.vae4j.models;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.StandardNormal;
import io.vae4j.core.model.TractablePrior;

/** p(z|c) = N(0, I) whatever the condition, drawn anew for each. It has no parameters. */
public final class StandardNormalPrior extends TypedBlock implements TractablePrior {

    private final long dimensions;
    private DataType type = DataType.FLOAT32;

    public StandardNormalPrior(long dimensions) {
        this.dimensions = dimensions;
    }

    @Override
    public StandardNormal given(Pass pass, Condition condition) {
        return new StandardNormal(pass.batch().zeros(new Shape(1, condition.batch(), dimensions), type), 1);
    }

    /** log p(z), [B], for z [B, D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(given(pass, condition(inputs))
                .logProb(inputs.head().expandDims(0))
                .squeeze(0));
    }

    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputs) {
        type = dataType;
        super.initialize(manager, dataType, inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0))};
    }
}
