package io.vae4j.experiments.evaluation.annealing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.vae4j.core.Condition;
import io.vae4j.core.Pass;
import io.vae4j.core.model.Normalization;
import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Evaluator.Portion;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.training.Minibatch;
import io.vae4j.experiments.training.RandomStream;
import io.vae4j.experiments.training.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Between which numbers log p(x) lies, of examples that the model draws itself: of these the latent is an exact sample
 * of p(z|x), from which chains go backwards to an upper bound. How narrow it is says how well annealing does for this
 * model. Grosse et al. 2015 (bidirectional Monte Carlo), https://arxiv.org/abs/1511.02543
 */
public final class SimulatedBracket implements Evaluation {

    @Override
    public String name() {
        return "bracket";
    }

    @Override
    public String title() {
        return "Bracket of log p(x) of examples that the model draws";
    }

    @Override
    public Occasion occasion() {
        return Occasion.ON_REQUEST;
    }

    @Override
    public List<Setting> settings() {
        return ChainSettings.all();
    }

    @Override
    public Optional<String> incompatibility(EvaluationSubject subject) {
        if (subject.trained().card().normalization() == Normalization.NONE) {
            return Optional.of("p(x|z) is no distribution, so that nothing can be drawn from it");
        }
        return LatentJoint.of(subject.trained()).isEmpty() ? Optional.of(LatentJoint.WANTED) : Optional.empty();
    }

    /** Lower and upper walks of some examples. */
    private record Bracket(Walk lower, Walk upper) {}

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        ChainSettings spent = ChainSettings.of(settings);
        LatentJoint joint = LatentJoint.of(subject.trained()).orElseThrow();
        int count = Math.min(spent.examples(), subject.evaluator().count());
        List<Bracket> brackets = new ArrayList<>();
        subject.evaluator().eachBatch(count, subject.seed(), portion -> {
            subject.narrator().accept(name() + ": examples " + (portion.from() + 1) + " to " + portion.to());
            brackets.add(bracket(joint, portion, spent, subject.seed(), brackets.size()));
        });
        return findings(
                Walk.each(brackets.stream().map(Bracket::lower).toList(), Walk::logMeans),
                Walk.each(brackets.stream().map(Bracket::upper).toList(), Walk::logMeans));
    }

    /** Draws as many examples as the portion has, each given the condition of the one in its place. */
    private static Bracket bracket(LatentJoint joint, Portion portion, ChainSettings spent, long seed, long batch) {
        NDManager owner = portion.owner();
        int examples = portion.to() - portion.from();
        Condition condition = portion.asked().condition();
        Pass pass = joint.pass(owner, Randomness.of(seed).noise(RandomStream.SAMPLES, batch));
        NDArray z = joint.drawPrior(pass, condition, 1, examples);
        NDArray x = joint.decode(pass, z, condition).sample(pass.noise(), 1).squeeze(0);
        AnnealingRun run = new AnnealingRun(joint.fromPrior(new Minibatch(x, condition)), spent, seed, batch);
        StepSizes sizes = run.pilot(owner, examples);
        return new Bracket(run.forwards(owner, sizes), run.backwards(owner, z, sizes));
    }

    /** @param reciprocals the log of the mean of what estimates 1 / p(x) */
    private Findings findings(double[] lower, double[] reciprocals) {
        double[] upper = Arrays.stream(reciprocals).map(log -> -log).toArray();
        Mean width = Mean.ofDifferences(upper, lower);
        return Findings.of(title())
                .with(
                        "lower",
                        Finding.nats(
                                "Lower bound of log p(x) of drawn examples",
                                Mean.of(lower).value()))
                .with(
                        "upper",
                        Finding.nats(
                                "Upper bound of log p(x) of drawn examples",
                                Mean.of(upper).value()))
                .with(
                        "width",
                        Finding.nats("Width of the bracket", width.value()).within(width.standardError()))
                .with("lower_bounds", Arrays.stream(lower).boxed().toList())
                .with("upper_bounds", Arrays.stream(upper).boxed().toList());
    }
}
