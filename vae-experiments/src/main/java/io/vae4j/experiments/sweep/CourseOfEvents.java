package io.vae4j.experiments.sweep;

import io.vae4j.experiments.recipe.YamlRecords;
import io.vae4j.experiments.report.SweepCourse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a sweep was run, by its journal. */
final class CourseOfEvents {

    private CourseOfEvents() {}

    static SweepCourse of(SweepPlan plan, List<Event> events) {
        List<Event.Opened> opened = all(events, Event.Opened.class);
        return new SweepCourse(
                opened.stream().map(Event.Opened::vae4j).distinct().toList(),
                opened.stream().map(Event.Opened::slots).toList(),
                all(events, Event.Started.class).stream()
                        .map(Event.Started::on)
                        .distinct()
                        .sorted()
                        .toList(),
                opened.stream().map(Event.Opened::time).findFirst(),
                wallSeconds(events),
                all(events, Event.Lost.class).size(),
                YamlRecords.write(plan.spec()),
                plan.base());
    }

    private static <E extends Event> List<E> all(List<Event> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Of each process that took the sweep up, to the last that it wrote: between them nobody worked. */
    private static double wallSeconds(List<Event> events) {
        double seconds = 0;
        Optional<Instant> began = Optional.empty();
        Optional<Instant> last = Optional.empty();
        for (Event.Timed event : all(events, Event.Timed.class)) {
            Optional<Instant> now = instant(event.time());
            if (event instanceof Event.Opened) {
                seconds += between(began, last);
                began = now;
            }
            last = now;
        }
        return seconds + between(began, last);
    }

    private static double between(Optional<Instant> from, Optional<Instant> to) {
        return from.isPresent() && to.isPresent()
                ? Duration.between(from.get(), to.get()).toSeconds()
                : 0;
    }

    /** What somebody has changed may be none. */
    private static Optional<Instant> instant(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
