package io.vae4j.models.prior;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.distribution.StandardNormal;

/** The prior N(0, I), whatever the condition, drawn anew for each. It has no parameters. */
public final class StandardNormalPrior extends DensityPrior {

    private final Shape event;
    private DataType type = DataType.FLOAT32;

    /** @param dimensions D, the length of z */
    public StandardNormalPrior(long dimensions) {
        this(new Shape(dimensions));
    }

    /** @param event the shape of z, such as [16, 7, 7] for a grid */
    public StandardNormalPrior(Shape event) {
        this.event = event;
    }

    @Override
    public StandardNormal given(Pass pass, Condition condition) {
        appliedTo(pass, new Shape(1).addAll(event));
        Shape shape = new Shape(1, condition.batch()).addAll(event);
        return new StandardNormal(pass.batch().zeros(shape, type), event.dimension());
    }

    @Override
    public void initialize(NDManager manager, DataType dataType, Shape... inputs) {
        type = dataType;
        super.initialize(manager, dataType, inputs);
    }
}
