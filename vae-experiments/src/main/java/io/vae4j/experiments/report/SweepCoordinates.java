package io.vae4j.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.vae4j.experiments.drawing.Axis;
import io.vae4j.experiments.drawing.ChartStyle;
import io.vae4j.experiments.drawing.Ink;
import io.vae4j.experiments.drawing.ParallelCoordinates;
import io.vae4j.experiments.drawing.ParallelCoordinates.Coordinate;
import io.vae4j.experiments.drawing.ParallelCoordinates.Line;
import io.vae4j.experiments.drawing.ParallelCoordinates.Tick;
import io.vae4j.experiments.drawing.Pen;
import io.vae4j.experiments.run.Goal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The settings of a sweep as lines from key to key and on to their figure, of which the best is at the top. */
final class SweepCoordinates {

    /** More lines than this are a surface; these are the best. */
    static final int MOST = 500;

    private static final int LONGEST_NAME = 22;
    private static final float THIN = 1.25f;
    private static final float THICK = 2.5f;
    private static final Pen FAILED = new Pen(Ink.AXIS, List.of(3f, 4f), THIN);

    private final SweepResult result;
    private final List<SweptSetting> ranked;
    private final List<SweptSetting> drawn;

    private SweepCoordinates(SweepResult result) {
        this.result = result;
        ranked = result.ranked().stream().limit(MOST).toList();
        drawn = Stream.concat(ranked.stream(), failed(result)).toList();
    }

    /** Empty where there are not two settings to compare, or no key varies. */
    static Optional<ParallelCoordinates> of(SweepResult result) {
        SweepCoordinates coordinates = new SweepCoordinates(result);
        return coordinates.ranked.size() < 2 || result.keys().isEmpty()
                ? Optional.empty()
                : Optional.of(coordinates.chart());
    }

    /** Where settings fail is worth to be seen. */
    private static Stream<SweptSetting> failed(SweepResult result) {
        return result.settings().stream()
                .filter(setting -> setting.state() == SweptRun.State.FAILED)
                .limit(MOST);
    }

    /** An axis, and the places of the settings on it, as far as they have one. */
    private record Placed(Coordinate axis, List<Double> places) {}

    private ParallelCoordinates chart() {
        List<Placed> axes = Stream.concat(result.keys().stream().map(this::placed), Stream.of(figures()))
                .toList();
        return new ParallelCoordinates(
                "Settings and their figure",
                description(),
                axes.stream().map(Placed::axis).toList(),
                lines(axes));
    }

    private Placed placed(SweptKey key) {
        List<JsonNode> values = drawn.stream()
                .map(setting -> Objects.requireNonNull(setting.values().get(key.name()), key.name()))
                .toList();
        return key.scale().map(scale -> numbers(key.name(), scale, values)).orElseGet(() -> names(key.name(), values));
    }

    private static Placed numbers(String key, Axis.Scale scale, List<JsonNode> values) {
        double[] numbers = values.stream().mapToDouble(JsonNode::asDouble).toArray();
        AxisTicks ticks = AxisTicks.of(scale, numbers);
        return new Placed(
                new Coordinate(key, ticks.ticks(numbers)),
                values.stream().map(value -> ticks.place(value.asDouble())).toList());
    }

    /** In the order in which they were tried, from the top. */
    private Placed names(String key, List<JsonNode> values) {
        List<JsonNode> names = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing(i -> drawn.get(i).name()))
                .map(values::get)
                .distinct()
                .toList();
        List<Tick> ticks = names.stream()
                .map(name -> new Tick(ChartStyle.shortened(ValueText.of(name), LONGEST_NAME), fromTop(names, name)))
                .toList();
        return new Placed(
                new Coordinate(key, ticks),
                values.stream().map(value -> fromTop(names, value)).toList());
    }

    private static double fromTop(List<JsonNode> names, JsonNode name) {
        return names.size() == 1 ? 0.5 : 1 - names.indexOf(name) / (names.size() - 1.0);
    }

    private Placed figures() {
        List<Double> figures = ranked.stream().map(SweepCoordinates::figure).toList();
        FigureRange range = FigureRange.of(result.goal(), figures);
        double[] within = figures.stream().mapToDouble(range::within).toArray();
        AxisTicks ticks = AxisTicks.of(Axis.Scale.LINEAR, within);
        List<Tick> labels = ticks.ticks(within).stream()
                .map(tick -> new Tick(
                        range.fence()
                                        .filter(fence -> ticks.place(fence) == tick.place())
                                        .isPresent()
                                ? tick.label() + " or worse"
                                : tick.label(),
                        bestOnTop(tick.place())))
                .toList();
        return new Placed(
                new Coordinate(result.goal().title(), labels),
                Arrays.stream(within)
                        .mapToObj(figure -> bestOnTop(ticks.place(figure)))
                        .toList());
    }

    private double bestOnTop(double place) {
        return result.goal().direction() == Goal.Direction.MINIMIZE ? 1 - place : place;
    }

    static double figure(SweptSetting setting) {
        return setting.figure().orElseThrow().mean();
    }

    /** The worst first, so that the best lie on top; below all of them those that failed. */
    private List<Line> lines(List<Placed> axes) {
        return IntStream.iterate(drawn.size() - 1, i -> i >= 0, i -> i - 1)
                .mapToObj(i -> new Line(
                        i < ranked.size() ? pen(i, ranked.size()) : FAILED,
                        axes.stream()
                                .map(Placed::places)
                                .filter(places -> i < places.size())
                                .map(places -> places.get(i))
                                .toList()))
                .toList();
    }

    /** That of a setting by its place among all that have one. */
    static Pen pen(int place, int count) {
        return place == 0 ? new Pen(Ink.BEST, List.of(), THICK) : new Pen(Ink.ofRank(place, count), List.of(), THIN);
    }

    private String description() {
        return Stream.of(ranked.get(0), ranked.get(ranked.size() - 1))
                .map(setting -> setting.name() + ", " + valuesOf(setting.values()) + ": "
                        + result.goal().title() + " "
                        + FigureText.of(result.goal()).number(figure(setting)) + ".")
                .reduce("Each line is a setting.", (text, line) -> text + " " + line);
    }

    /** As in {@code model.latent 10, objective elbo}. */
    static String valuesOf(Map<String, JsonNode> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + ValueText.of(entry.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }
}
