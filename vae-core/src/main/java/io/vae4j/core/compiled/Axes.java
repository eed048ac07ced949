package io.vae4j.core.compiled;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Axes as they are written in an operation's settings, {@code [0, -1], False}. */
final class Axes {

    private Axes() {}

    /** The numbers in brackets. */
    static List<Integer> list(String settings) {
        String inside = settings.substring(settings.indexOf('[') + 1, settings.indexOf(']'));
        return Arrays.stream(inside.split(","))
                .map(String::strip)
                .filter(axis -> !axis.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    /** Those of a reduction, from 0; all of them where it says none. */
    static Set<Integer> of(String settings, int rank) {
        if (!settings.contains("[")) {
            return IntStream.range(0, rank).boxed().collect(Collectors.toSet());
        }
        return list(settings).stream()
                .map(axis -> axis < 0 ? axis + rank : axis)
                .collect(Collectors.toSet());
    }

    /** As they are written. */
    static String code(int... axes) {
        return Arrays.toString(axes);
    }
}
