package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.run.Goal;
import io.vae4j.experiments.run.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Settings of a sweep with invented figures. */
final class SweptSettings {

    static final Goal LOSS = new Goal("loss", Split.VALIDATION, Goal.Direction.MINIMIZE);

    static final SweepCourse COURSE = new SweepCourse(
            List.of("0.1.0"),
            List.of(2),
            List.of("CPU"),
            Optional.of("2026-11-29T12:00:00Z"),
            90,
            0,
            "recipe: vae\nsearch:\n  kind: random\n  settings: 4\n",
            "model: {}\n");

    static final List<SweptKey> KEYS = List.of(
            new SweptKey("a", Optional.of(Axis.Scale.LINEAR)),
            new SweptKey("b", Optional.of(Axis.Scale.LOGARITHMIC)),
            new SweptKey("c", Optional.empty()));

    private final List<SweptSetting> settings = new ArrayList<>();

    /** Adds a setting of one seed with the figure that it has by epochs. */
    SweptSettings with(double a, double b, String c, Map<Integer, Double> figures) {
        return with(a, b, c, figures, SweptRun.State.ENDED);
    }

    SweptSettings with(double a, double b, String c, Map<Integer, Double> figures, SweptRun.State state) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put("a", a == Math.rint(a) ? IntNode.valueOf((int) a) : DoubleNode.valueOf(a));
        values.put("b", DoubleNode.valueOf(b));
        values.put("c", TextNode.valueOf(c));
        TreeMap<Integer, Double> means = new TreeMap<>(figures);
        Optional<Double> last = Optional.ofNullable(means.lastEntry()).map(Map.Entry::getValue);
        String name = "vae-" + settings.size();
        boolean ranked = state != SweptRun.State.FAILED && last.isPresent();
        settings.add(new SweptSetting(
                name,
                values,
                ranked ? Optional.of(0) : Optional.empty(),
                means.isEmpty() ? 0 : means.lastKey(),
                ranked ? List.of(last.orElseThrow()) : List.of(),
                List.of(),
                means,
                List.of(new SweptRun(
                        name + "-s0",
                        0,
                        state,
                        means.isEmpty() ? 0 : means.lastKey(),
                        last,
                        Optional.empty(),
                        10,
                        1,
                        state == SweptRun.State.FAILED ? Optional.of("<no> good") : Optional.empty(),
                        Path.of("runs", name + "-s0")))));
        return this;
    }

    /** With the keys a, b and c. */
    SweepResult result(String... keys) {
        Comparator<SweptSetting> furthest = Comparator.comparing(one -> -one.epochs());
        List<SweptSetting> sorted = settings.stream()
                .sorted(Comparator.<SweptSetting, Boolean>comparing(
                                one -> one.rank().isEmpty())
                        .thenComparing(furthest)
                        .thenComparing(one ->
                                one.figures().isEmpty() ? 0 : one.figures().get(0)))
                .toList();
        List<String> shown = Arrays.asList(keys);
        List<SweptSetting> ranked = IntStream.range(0, sorted.size())
                .mapToObj(i -> ranked(sorted.get(i), i + 1))
                .toList();
        return new SweepResult(
                "mine",
                "vae",
                "",
                LOSS,
                KEYS.stream().filter(key -> shown.contains(key.name())).toList(),
                ranked,
                COURSE,
                List.of());
    }

    private static SweptSetting ranked(SweptSetting setting, int rank) {
        return new SweptSetting(
                setting.name(),
                setting.values(),
                setting.rank().map(any -> rank),
                setting.epochs(),
                setting.figures(),
                setting.aboveBest(),
                setting.means(),
                setting.runs());
    }
}
