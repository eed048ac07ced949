package io.vae4j.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Curves over epochs, as a drawing inside the page.
 *
 * @param name unique on the page, for the drawing's own references
 */
record LineChart(String name, String title, String unit, List<Series> series) {

    /** Up to this many epochs each one gets a mark that tells its value. */
    private static final int MOST_MARKS = 30;

    private static final double GAP_BELOW_LEGEND = 10;

    /** The drawing; empty if there is not one finite value. */
    Optional<Markup.Element> svg() {
        List<Series.Point> finite =
                series.stream().flatMap(s -> s.finite().stream()).toList();
        if (finite.isEmpty()) {
            return Optional.empty();
        }
        Legend legend = new Legend(unit, series);
        Frame frame = new Frame(epochs(), values(finite), legend.height() + GAP_BELOW_LEGEND);
        Markup.Element svg = Markup.element("svg")
                .with("class", "chart")
                .with("role", "img")
                .with("viewBox", "0 0 " + Wording.coordinate(Frame.WIDTH) + " " + Wording.coordinate(frame.height()))
                .with("aria-labeledby", name + "-title " + name + "-desc")
                .add(Markup.element("title", title).with("id", name + "-title"))
                .add(Markup.element("desc", description()).with("id", name + "-desc"))
                .add(legend.draw())
                .add(frame.draw());
        for (Series one : series) {
            svg = svg.add(curve(one, frame));
        }
        return Optional.of(svg);
    }

    private EpochAxis epochs() {
        List<Integer> epochs = series.stream()
                .flatMap(s -> s.points().stream())
                .map(Series.Point::epoch)
                .sorted()
                .toList();
        return new EpochAxis(epochs.get(0), epochs.get(epochs.size() - 1));
    }

    private static Axis values(List<Series.Point> finite) {
        double[] sorted = finite.stream()
                .mapToDouble(p -> p.value().orElseThrow())
                .sorted()
                .toArray();
        return Axis.ofValues(sorted[0], sorted[sorted.length - 1]);
    }

    private static Markup.Element curve(Series series, Frame frame) {
        List<Markup> parts = new ArrayList<>();
        boolean marksAll = series.points().size() <= MOST_MARKS;
        for (List<Series.Point> stretch : series.stretches()) {
            if (stretch.size() > 1) {
                parts.add(Markup.element("path").with("d", path(stretch, frame)).with("class", "curve"));
            }
            if (marksAll || stretch.size() == 1) {
                stretch.forEach(point -> parts.add(mark(series, point, frame)));
            }
        }
        return Markup.element("g", parts).with("class", series.ink().style());
    }

    private static String path(List<Series.Point> stretch, Frame frame) {
        return stretch.stream()
                .map(p -> Wording.coordinate(frame.x(p.epoch())) + " "
                        + Wording.coordinate(frame.y(p.value().orElseThrow())))
                .collect(Collectors.joining(" L", "M", ""));
    }

    private static Markup.Element mark(Series series, Series.Point point, Frame frame) {
        double value = point.value().orElseThrow();
        String told = series.label() + ", epoch " + point.epoch() + ": " + Wording.nats(value);
        return Markup.element("circle")
                .with("cx", frame.x(point.epoch()))
                .with("cy", frame.y(value))
                .with("r", 2.8)
                .with("class", "mark")
                .add(Markup.element("title", told));
    }

    private String description() {
        return series.stream().map(this::course).collect(Collectors.joining(" "));
    }

    private String course(Series one) {
        List<Series.Point> finite = one.finite();
        if (finite.isEmpty()) {
            return one.label() + ": no finite value.";
        }
        return one.label() + ": " + told(finite.get(0))
                + (finite.size() > 1 ? ", " + told(finite.get(finite.size() - 1)) : "") + ", in " + unit + ".";
    }

    private static String told(Series.Point point) {
        return Wording.nats(point.value().orElseThrow()) + " after epoch " + point.epoch();
    }
}
