package io.vae4j.experiments.evaluation.annealing;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.vae4j.core.Noise;
import io.vae4j.core.Ops;
import io.vae4j.core.torch.TorchFunction;

/**
 * One step of Hamiltonian Monte Carlo for many chains at once, which leaves a density of the path as it is. Neal 2011,
 * section 5.3.2, https://arxiv.org/abs/1206.1901
 *
 * @param leapfrogs L, how many leapfrog steps one proposal takes
 */
record HamiltonianTransition(AnnealingPath path, int leapfrogs) {

    /** min(1, exp r); what is not a number is never accepted. */
    private static final TorchFunction PROBABILITY =
            TorchFunction.of("r", "torch.nan_to_num(torch.exp(torch.clamp_max(r, 0.)), 0.)");

    private static final TorchFunction CHOICE = TorchFunction.of("chosen, a, b", "torch.where(chosen, a, b)");

    /**
     * Chains at some place of the path.
     *
     * @param z [C, B, ...Z]
     * @param logDensity log f_beta(z), [C, B], nats
     * @param gradient of it, [C, B, ...Z]
     * @param tilt how log f grows with beta, [C, B], nats
     */
    record Place(NDArray z, NDArray logDensity, NDArray gradient, NDArray tilt) {}

    /**
     * Where chains went.
     *
     * @param z [C, B, ...Z]
     * @param probability of each proposal to be accepted, [C, B]
     */
    record Move(NDArray z, NDArray probability) {}

    /** Evaluates the density at beta; what is returned belongs to {@code owner}. */
    Place look(NDManager owner, NDArray z, double beta) {
        try (NDManager scratch = owner.newSubManager()) {
            NDArray leaf = z.duplicate();
            leaf.attach(scratch);
            leaf.setRequiresGradient(true);
            try (GradientCollector tape = Engine.getInstance().newGradientCollector()) {
                AnnealingPath.Densities densities = path.at(scratch, leaf);
                NDArray logDensity = densities.between(beta);
                tape.backward(logDensity.sum());
                return new Place(
                        z,
                        kept(owner, logDensity.stopGradient()),
                        kept(owner, leaf.getGradient().duplicate()),
                        kept(owner, densities.tilt().stopGradient()));
            }
        }
    }

    private static NDArray kept(NDManager owner, NDArray value) {
        value.attach(owner);
        return value;
    }

    /**
     * Proposes and accepts or stays.
     *
     * @param owner of all that is made
     * @param stepSize of each example, [1, B, 1...]
     */
    Move move(NDManager owner, Place from, double beta, NDArray stepSize, Noise noise) {
        NDArray half = Ops.scale(stepSize, 0.5);
        NDArray momentum = noise.normal(from.z().getShape(), stepSize);
        NDArray moving = momentum;
        Place place = from;
        for (int i = 0; i < leapfrogs; i++) {
            moving = moving.add(place.gradient().mul(half));
            NDArray z = place.z().add(moving.mul(stepSize));
            place = look(owner, z, beta);
            moving = moving.add(place.gradient().mul(half));
        }
        NDArray energy = kinetic(momentum).sub(kinetic(moving));
        NDArray probability =
                PROBABILITY.apply(place.logDensity().sub(from.logDensity()).add(energy));
        NDArray accepted = noise.uniform(probability.getShape(), probability).lt(probability);
        NDArray chosen = accepted.reshape(expanded(accepted.getShape(), place.z()));
        return new Move(CHOICE.apply(chosen, place.z(), from.z()), probability);
    }

    private static NDArray kinetic(NDArray momentum) {
        return Ops.scale(Ops.sumEvents(momentum.square(), momentum.getShape().dimension() - 2), 0.5);
    }

    /** [C, B] with as many axes as z has. */
    private static Shape expanded(Shape chains, NDArray z) {
        Shape shape = chains;
        for (int axis = 2; axis < z.getShape().dimension(); axis++) {
            shape = shape.add(1);
        }
        return shape;
    }

    /** Step sizes as an array that broadcasts against z. */
    static NDArray broadcastable(NDManager owner, double[] stepSizes, NDArray z) {
        Shape shape = expanded(new Shape(1, stepSizes.length), z);
        try (NDArray java = owner.create(stepSizes, shape);
                NDArray own = java.duplicate()) {
            return own.toType(z.getDataType(), true);
        }
    }
}
