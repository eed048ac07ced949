package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import io.vae4j.core.Condition;
import io.vae4j.core.Ops;
import io.vae4j.core.Pass;
import io.vae4j.core.TypedBlock;
import io.vae4j.core.distribution.Distribution;
import io.vae4j.core.model.BoundTerms;
import io.vae4j.core.model.LatentModel;
import io.vae4j.core.objective.LinearGaussianLine;
import java.util.List;
import java.util.Optional;

/** The line, with a judge of its latents whose judgment is a penalty. */
final class Judged extends TypedBlock implements LatentModel {

    final LinearGaussianLine line = child("line", new LinearGaussianLine());
    final Judge judge = child("judge", new Judge());
    final Counter counter = child("counter", new Counter());

    Judged() {
        child("again", counter);
    }

    @Override
    public BoundTerms boundTerms(Pass pass, NDArray x, Condition condition, long samples) {
        BoundTerms terms = line.boundTerms(pass, x, condition, samples);
        NDArray z = terms.layers().get(0).inference().latent();
        return new BoundTerms(terms.logLikelihood(), terms.layers(), Optional.of(judge.of(pass, z)));
    }

    @Override
    public Distribution generate(Pass pass, List<NDArray> fromTop, long samples, Condition condition) {
        return line.generate(pass, fromTop, samples, condition);
    }

    @Override
    public Distribution reconstruct(Pass pass, NDArray x, Condition condition) {
        return line.reconstruct(pass, x, condition);
    }

    @Override
    protected NDList untyped(Pass pass, NDList inputs) {
        return new NDList(boundTerms(pass, inputs.head(), Condition.none(), 1).elbo());
    }

    /** Counts the steps that were taken. */
    static final class Counter extends TypedBlock implements AfterStep {

        final Parameter steps = state("steps", new Shape(1), Initializer.ZEROS);

        @Override
        public void afterStep(CompletedStep step) {
            assign(step.pass(), steps, Ops.shift(step.pass().value(steps), 1));
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(pass.value(steps));
        }
    }

    /** Likes a judgment of 1. */
    static final class Judge extends TypedBlock implements SeparatelyTrained {

        static final double RATE = 0.01;

        final Parameter weight = parameter("weight", Parameter.Type.OTHER, new Shape(1), new ConstantInitializer(0.5f));

        /** w and a trace of z^2, [B]. */
        NDArray of(Pass pass, NDArray z) {
            NDArray trace = Ops.scale(z.square().mean(new int[] {0}).sum(new int[] {1}), 1e-6);
            return trace.add(pass.value(weight));
        }

        @Override
        public NDArray loss(Pass pass, CompletedStep step) {
            NDArray z = step.terms().layers().get(0).inference().latent().stopGradient();
            return Ops.shift(of(pass, z), -1).square();
        }

        @Override
        public FusedAdam.Settings optimizer() {
            return new FusedAdam.Settings();
        }

        @Override
        public double learningRate(long index) {
            return RATE;
        }

        @Override
        protected NDList untyped(Pass pass, NDList inputs) {
            return new NDList(of(pass, inputs.head()));
        }
    }
}
