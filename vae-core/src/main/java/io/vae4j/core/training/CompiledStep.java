package io.vae4j.core.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.compiled.Compiler;
import io.vae4j.core.compiled.Outcome;
import io.vae4j.core.compiled.Refusals;
import io.vae4j.core.compiled.Run;
import io.vae4j.core.compiled.Session;
import io.vae4j.core.estimator.GradientEstimator;
import io.vae4j.core.estimator.GradientEstimator.Estimate;
import io.vae4j.core.model.LatentModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The steps of a {@link TrainingStep} as programs. */
final class CompiledStep implements AutoCloseable {

    private final TrainingStep step;
    private final LatentModel model;
    private final GradientEstimator estimator;
    private final Compiler compiler;
    private final Refusals refusals = new Refusals("a step of training is taken");

    CompiledStep(TrainingStep step, NDManager owner, LatentModel model, GradientEstimator estimator) {
        this.step = step;
        this.model = model;
        this.estimator = estimator;
        List<NDArray> others = new ArrayList<>();
        ModelState.of(model).forEach(named -> others.add(named.array()));
        step.learned().ifPresent(own -> own.parameters().forEach(named -> others.add(named.array())));
        compiler = new Compiler(
                owner,
                step.optimized().stream().map(each -> each.adam().compiled()).toList(),
                others);
    }

    /** What became of a step. */
    sealed interface Attempt {

        /** It was taken. */
        record Taken(Estimate estimate) implements Attempt {}

        /** It cannot be a program, and nothing has happened; to be taken by these. */
        record Left(TrainingStep.Inputs inputs) implements Attempt {}
    }

    /** Takes a step, if it can be a program. */
    Attempt on(TrainingStep.Inputs inputs, StepObserver observer, Consumer<Supplier<Map<String, NDArray>>> gradients) {
        if (inputs.index() == 0 && step.changesAfter()) {
            // a part that begins by the first batch looks at the device whether it is new
            return new Attempt.Left(inputs);
        }
        NDArray x = inputs.x();
        Run run = Run.of("step", x.getManager(), x, inputs.condition(), inputs.noise());
        Outcome<Estimate> outcome = compiler.run(run, session -> body(session, inputs, observer, gradients));
        if (outcome instanceof Outcome.Refused<Estimate> other) {
            observer.again();
            refusals.tell(other.reason());
            return new Attempt.Left(inputs.with(other.noise()));
        }
        Estimate estimate = ((Outcome.Done<Estimate>) outcome).result();
        return new Attempt.Taken(new Estimate(estimate.terms(), Session.known(estimate.loss())));
    }

    private Estimate body(
            Session session,
            TrainingStep.Inputs inputs,
            StepObserver observer,
            Consumer<Supplier<Map<String, NDArray>>> gradients) {
        observer.again();
        Pass pass = Pass.training(session.parameters(0), session.batch(), session.noise());
        NDArray x = session.given(inputs.x());
        Condition condition = session.given(inputs.condition());
        Estimate estimate = estimator.backward(session.tape(), model, pass, x, condition, inputs.objective());
        session.keep(estimate.loss());
        observer.terms(estimate);
        gradients.accept(() -> step.optimized().get(0).named(session.gradients(0)));
        session.update(0, estimate.loss(), inputs.learningRate(), inputs.index());
        after(session, new CompletedStep(pass, estimate.terms(), inputs.index(), forgetting(session)));
        return estimate;
    }

    private void after(Session session, CompletedStep completed) {
        List<SeparateLearning> separate = step.separate();
        for (int i = 0; i < separate.size(); i++) {
            SeparatelyTrained part = separate.get(i).part();
            int optimizer = i + 1;
            Pass own = Pass.training(
                    session.parameters(optimizer),
                    session.batch(),
                    completed.pass().noise());
            NDArray loss = part.loss(own, completed);
            session.tape().backward(loss.mean());
            session.update(optimizer, loss, part.learningRate(completed.index()), completed.index());
        }
        AfterStep.run(model, completed);
        step.learned().ifPresent(own -> AfterStep.run(own.part(), completed));
    }

    private static OptimizerState forgetting(Session session) {
        return (parameter, rows) -> session.forget(parameter.getArray(), rows);
    }

    /** Says that steps cannot be programs. */
    void refuse(String reason) {
        refusals.tell(reason);
    }

    /** Why the latest step that was none could not be a program. */
    Optional<String> refused() {
        return refusals.latest();
    }

    /** The programs so far, as TorchScript. */
    List<String> sources() {
        return compiler.sources();
    }

    @Override
    public void close() {
        compiler.close();
    }
}
