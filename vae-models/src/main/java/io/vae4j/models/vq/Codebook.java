package io.vae4j.models.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;
import io.vae4j.core.Mode;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.training.CompletedStep;
import java.util.Optional;

/**
 * N vectors of length D, the codes that stand for latents. Their moving averages, how many updates there were and when
 * each code was last used are parameters that no gradient moves, so that a checkpoint holds them.
 */
public final class Codebook extends TypedBlock implements Codes {

    private final Shape shape;
    private final CodebookUpdate update;
    private final CodebookStart start;
    private final DeadCodeReset restarts;
    private final Parameter steps;
    private final Parameter lastUsed;
    private final Parameter codes;
    private final Optional<MovingAverages> averages;

    /**
     * @param count N, at least 1
     * @param dimensions D, at least 1
     */
    public Codebook(long count, long dimensions, CodebookUpdate update, CodebookStart start, DeadCodeReset restarts) {
        if (count < 1 || dimensions < 1) {
            throw new IllegalArgumentException("a codebook of " + count + " codes of length " + dimensions
                    + " was asked for; expected at least 1 of each");
        }
        shape = new Shape(count, dimensions);
        this.update = update;
        this.start = start;
        this.restarts = restarts;
        steps = state("steps", new Shape(1), Initializer.ZEROS);
        lastUsed = state("lastUsed", new Shape(count), Initializer.ZEROS);
        Initializer uniform = new UniformInitializer((float) (1 / (double) count));
        if (update instanceof CodebookUpdate.ByMovingAverage settings) {
            codes = state("codes", shape, uniform);
            averages = Optional.of(child("averages", new MovingAverages(shape, settings)));
        } else {
            codes = parameter("codes", Parameter.Type.OTHER, shape, uniform);
            averages = Optional.empty();
        }
    }

    /**
     * A codebook that learns by moving averages, from clusters of the first batch; codes unused in 100 steps restart.
     */
    public Codebook(long count, long dimensions) {
        this(
                count,
                dimensions,
                new CodebookUpdate.ByMovingAverage(),
                new CodebookStart.Clusters(),
                new DeadCodeReset.After(100));
    }

    @Override
    public long count() {
        return shape.get(0);
    }

    /** The length of a code, D. */
    public long dimensions() {
        return shape.get(1);
    }

    /** How the codes learn. */
    public CodebookUpdate update() {
        return update;
    }

    @Override
    public NDArray codes(Pass pass) {
        return pass.value(codes);
    }

    /**
     * Why the average of codes that were learned apart is no codebook: it is one as long as the n-th code of each means
     * the same, which ends where each begins, or begins anew, with outputs of its own.
     */
    Optional<String> averagingRefusal() {
        if (start instanceof CodebookStart.Clusters) {
            return Optional.of(
                    "each worker's codebook would begin by clusters of its own, in an order of its own; let it"
                            + " begin otherwise, in recipes by model.quantizer.codebook.start=uniform");
        }
        return restarts instanceof DeadCodeReset.After
                ? Optional.of("each worker would move dead codes to other places; let them be, in recipes by"
                        + " model.quantizer.codebook.restartAfter=0")
                : Optional.empty();
    }

    /** @param encoded [M, D] */
    Assignment nearest(Pass pass, NDArray encoded) {
        appliedTo(pass, encoded, 1);
        return Assignment.of(encoded, codes(pass));
    }

    /** Takes in what a training step has assigned; see {@link io.vae4j.core.training.AfterStep}. */
    void learn(CompletedStep step, Assignment seen) {
        Pass pass = step.pass();
        if (pass.mode() == Mode.EVALUATE || frozen()) {
            return;
        }
        if (start instanceof CodebookStart.Clusters clusters && isFresh(pass, step.index())) {
            begin(step, seen, clusters);
        } else {
            follow(step, seen);
        }
    }

    /** What was assigned to the uniform codes says nothing about these: all of them count as used. */
    private void begin(CompletedStep step, Assignment seen, CodebookStart.Clusters clusters) {
        Pass pass = step.pass();
        KMeans kMeans = new KMeans(seen.encoded().stopGradient(), pass.noise());
        assign(pass, codes, kMeans.centers(count(), clusters.iterations()));
        assign(pass, steps, Ops.shift(pass.value(steps), 1));
        NDArray all = pass.value(lastUsed).gte(0);
        step.optimizer().forget(codes, all);
        markUsed(pass, all);
    }

    private void follow(CompletedStep step, Assignment seen) {
        Pass pass = step.pass();
        Assignment.Totals totals = seen.totals(count());
        averages.ifPresent(state -> assign(pass, codes, state.update(pass, totals, fixed(pass))));
        assign(pass, steps, Ops.shift(pass.value(steps), 1));
        markUsed(pass, totals.uses().gt(0));
        if (restarts instanceof DeadCodeReset.After after) {
            restart(step, seen, after.steps());
        }
    }

    /** Looks at the device in the very first step only; a codebook that has learned is no fresh one. */
    private boolean isFresh(Pass pass, long step) {
        return step == 0 && pass.value(steps).toType(DataType.FLOAT32, true).getFloat() == 0;
    }

    private void restart(CompletedStep step, Assignment seen, long patience) {
        Pass pass = step.pass();
        NDArray age = pass.value(steps).sub(pass.value(lastUsed));
        NDArray dead = age.gte(patience);
        NDArray outputs = seen.randomVectors(pass.noise(), count());
        NDArray each = dead.expandDims(1).broadcast(shape);
        assign(pass, codes, NDArrays.where(each, outputs, fixed(pass)));
        step.optimizer().forget(codes, dead);
        averages.ifPresent(state -> state.forget(pass, dead.toType(outputs.getDataType(), false)));
        markUsed(pass, dead);
    }

    private void markUsed(Pass pass, NDArray used) {
        NDArray now = pass.value(steps).broadcast(new Shape(count()));
        assign(pass, lastUsed, NDArrays.where(used, now, pass.value(lastUsed)));
    }

    private NDArray fixed(Pass pass) {
        return codes(pass).stopGradient();
    }

    /** The nearest codes to vectors [M, D], [M, D]. */
    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(nearest(pass, inputs.head()).nearest());
    }
}
