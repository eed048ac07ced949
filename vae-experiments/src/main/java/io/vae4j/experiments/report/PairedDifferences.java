package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.node.ValueNode;
import io.vae4j.experiments.run.DataRecord;
import io.vae4j.experiments.run.EvaluationResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much the NLL of each group lies above the first one's, example by example: {@code (1/N) sum_i (a_i - b_i)} with
 * the standard error of that mean over the examples, which pairing makes far smaller than that of either NLL.
 */
final class PairedDifferences {

    private PairedDifferences() {}

    /** What an NLL is of: only figures of one target have a difference. */
    private record Target(
            Optional<Set<String>> data,
            Optional<String> values,
            Optional<String> likelihood,
            Optional<Integer> examples,
            Optional<Long> seed,
            Optional<String> note) {

        static Target of(ComparedRun run, EvaluationResult evaluation) {
            return new Target(
                    run.run().manifest().latestData().map(DataRecord::content),
                    Optional.ofNullable(run.recipe().get("data.values")).map(ValueNode::asText),
                    evaluation.likelihood(),
                    evaluation.images(),
                    evaluation.seed(),
                    evaluation.note());
        }
    }

    /** The NLL of each example, the mean over the runs of a group, of one target. */
    private record Evaluated(Target target, List<Double> nll) {

        static Optional<Evaluated> of(SeedGroup group) {
            List<Target> targets = group.runs().stream()
                    .flatMap(run -> run.run().evaluation().stream().map(found -> Target.of(run, found)))
                    .distinct()
                    .toList();
            List<List<Double>> all =
                    group.runs().stream().flatMap(run -> run.nll().stream()).toList();
            boolean whole = all.size() == group.runs().size()
                    && targets.size() == 1
                    && all.stream().map(List::size).distinct().count() == 1;
            return whole ? Optional.of(new Evaluated(targets.get(0), means(all))) : Optional.empty();
        }

        private static List<Double> means(List<List<Double>> all) {
            return IntStream.range(0, all.get(0).size())
                    .mapToObj(i -> all.stream()
                            .mapToDouble(one -> one.get(i))
                            .average()
                            .orElseThrow())
                    .toList();
        }

        Optional<String> minus(Evaluated other) {
            if (!target.equals(other.target) || nll.size() != other.nll.size() || nll.size() < 2) {
                return Optional.empty();
            }
            SampleMoments moments = SampleMoments.of(IntStream.range(0, nll.size())
                    .mapToDouble(i -> nll.get(i) - other.nll.get(i))
                    .toArray());
            return Optional.of(Wording.nats(moments.mean()) + " (" + Wording.nats(moments.standardError()) + ")");
        }
    }

    /** A row of an evaluation's table; empty where the first group has no partner. */
    static Optional<Table.Row> row(List<SeedGroup> groups) {
        Optional<Evaluated> first = Evaluated.of(groups.get(0));
        List<Optional<String>> others = groups.stream()
                .skip(1)
                .map(group -> first.flatMap(reference -> Evaluated.of(group).flatMap(one -> one.minus(reference))))
                .toList();
        if (others.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<String> cells = Stream.concat(Stream.of(Optional.<String>empty()), others.stream())
                .map(difference -> difference.orElse(Wording.ABSENT))
                .toList();
        return Optional.of(new Table.Row(
                "NLL above that of " + groups.get(0).label() + ", example by example (standard error)", cells));
    }
}
