package io.vae4j.experiments.evaluation.annealing;

import io.vae4j.experiments.evaluation.Evaluation;
import io.vae4j.experiments.evaluation.EvaluationSubject;
import io.vae4j.experiments.evaluation.Mean;
import io.vae4j.experiments.evaluation.Setting;
import io.vae4j.experiments.evaluation.Settings;
import io.vae4j.experiments.recipe.Density;
import io.vae4j.experiments.run.Finding;
import io.vae4j.experiments.run.Findings;
import io.vae4j.experiments.run.Metric.Unit;
import io.vae4j.experiments.training.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The lower bound of log p(x) by annealed importance sampling, of the first held-out examples: it needs no good
 * approximate posterior, which importance sampling does. Wu et al. 2017, https://arxiv.org/abs/1611.04273
 */
public final class AnnealedBound implements Evaluation {

    /** The share of effective chains below which the mean weight is that of a few lucky ones. */
    private static final double FEW = 0.3;

    private final String name;
    private final String title;
    private final Density needed;
    private final BiFunction<LatentJoint, Minibatch, AnnealingPath> path;

    private AnnealedBound(
            String name, String title, Density needed, BiFunction<LatentJoint, Minibatch, AnnealingPath> path) {
        this.name = name;
        this.title = title;
        this.needed = needed;
        this.path = path;
    }

    /** Along the path that begins at the prior. */
    public static Evaluation fromPrior() {
        return new AnnealedBound(
                "ais", "NLL by annealed importance sampling from the prior", Density.NONE, LatentJoint::fromPrior);
    }

    /** Along the path that begins at the approximate posterior. */
    public static Evaluation fromPosterior() {
        return new AnnealedBound(
                "ais-from-q",
                "NLL by annealed importance sampling from q(z|x)",
                Density.ANYWHERE,
                LatentJoint::fromPosterior);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
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
        return LatentJoint.of(subject.trained()).isEmpty()
                ? Optional.of(LatentJoint.WANTED)
                : subject.trained().card().density().incompatibility(needed, name);
    }

    @Override
    public Findings measure(EvaluationSubject subject, Settings settings) {
        ChainSettings spent = ChainSettings.of(settings);
        int count = Math.min(spent.examples(), subject.examples());
        LatentJoint joint = LatentJoint.of(subject.trained()).orElseThrow();
        List<Walk> walks = new ArrayList<>();
        subject.evaluator().eachBatch(count, subject.seed(), portion -> {
            AnnealingRun run =
                    new AnnealingRun(path.apply(joint, portion.asked()), spent, subject.seed(), walks.size());
            subject.narrator().accept(name + ": examples " + (portion.from() + 1) + " to " + portion.to());
            StepSizes sizes = run.pilot(portion.owner(), portion.to() - portion.from());
            walks.add(run.forwards(portion.owner(), sizes));
        });
        return findings(walks, Arrays.copyOf(subject.likelihood().logLikelihood(), count));
    }

    /** @param sampled the bound by importance sampling of the same examples */
    private Findings findings(List<Walk> walks, double[] sampled) {
        double[] bound = Walk.each(walks, Walk::logMeans);
        double[] errors = Walk.each(walks, Walk::standardErrors);
        return Findings.of(title)
                .with(
                        "nll",
                        Finding.nats(
                                        title + ", " + bound.length + " examples",
                                        -Mean.of(bound).value())
                                .within(Walk.errorOfMean(errors)))
                .with(
                        "nll_importance_sampling",
                        Finding.nats(
                                "NLL by importance sampling, the same examples",
                                -Mean.of(sampled).value()))
                .with("difference", difference(Mean.ofDifferences(bound, sampled)))
                .with("acceptance", Finding.of("Accepted proposals", Walk.mean(walks, Walk::acceptance), Unit.SHARE))
                .with(
                        "chains",
                        Finding.of("Effective number of chains", Walk.mean(walks, Walk::effectiveChains), Unit.NUMBER))
                .with(caution(Walk.mean(walks, Walk::effectiveChains) / Walk.mean(walks, Walk::chains)))
                .with("log_likelihood", Arrays.stream(bound).boxed().toList());
    }

    private static Finding difference(Mean of) {
        return Finding.nats("Bound by annealing less bound by importance sampling", of.value())
                .within(of.standardError());
    }

    private static Optional<String> caution(double effective) {
        return effective >= FEW
                ? Optional.empty()
                : Optional.of(
                        "few of the chains carry all of the weight, so that the bound is loose and its error larger"
                                + " than it seems; give more temperatures");
    }
}
